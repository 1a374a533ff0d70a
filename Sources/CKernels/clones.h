// Run-time dispatch: one compiled copy of a kernel for each level of x86-64 (v4 is AVX-512, v3 is AVX2 with FMA), chosen
// when the program is loaded. Levels, not CPU names: a name matches that one generation only.
#pragma once
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// Lets a float sum be vectorized where the order of adding does not matter; nothing else is relaxed.
#define REASSOCIATE _Pragma("clang fp reassociate(on) contract(fast)")

// Run-time dispatch: one compiled copy of a kernel for each kind of CPU, chosen when the program is loaded.
#pragma once
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=skylake-avx512", "arch=haswell", "default")))
#else
#define CLONES
#endif

// Lets a float sum be vectorized where the order of adding does not matter; nothing else is relaxed.
#define REASSOCIATE _Pragma("clang fp reassociate(on) contract(fast)")

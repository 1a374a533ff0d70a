#pragma once
#include <oneapi/dnnl/dnnl.h>

// libgomp's, declared here because clang ships no <omp.h> for it.
void omp_set_num_threads(int count);

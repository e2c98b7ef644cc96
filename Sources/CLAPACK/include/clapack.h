/* Thin wrappers over the LAPACK and BLAS routines of OpenBLAS: they pass their arguments on, supply
   the hidden string lengths of the Fortran interface, and hold no logic. All matrices are column-major. */
#ifndef VEDICH_CLAPACK_H
#define VEDICH_CLAPACK_H

#include <stdint.h>

/* Holds OpenBLAS to the given number of threads. */
void la_set_thread_count(int32_t count);

#endif

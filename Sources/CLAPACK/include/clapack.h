/* Thin wrappers over the LAPACK and BLAS routines of OpenBLAS: they pass their arguments on, supply
   the hidden string lengths of the Fortran interface, return `info` where there is one, and hold no
   logic. All matrices are column-major; the letters are those of the LAPACK Users' Guide. */
#ifndef VEDICH_CLAPACK_H
#define VEDICH_CLAPACK_H

#include <stdint.h>

/* The library itself */

/* Holds OpenBLAS to the given number of threads. */
void la_set_thread_count(int32_t count);
/* The number of threads OpenBLAS would use. */
int32_t la_thread_count(void);
/* 0 if OpenBLAS was built without threads, 1 for its own threads, 2 for OpenMP. */
int32_t la_parallel_kind(void);
/* The build options of OpenBLAS: a static string. */
const char *la_configuration(void);
/* The processor whose kernels OpenBLAS has chosen: a static string. */
const char *la_core_name(void);

/* BLAS */

/* C := alpha op(A) op(B) + beta C; C is m by n, op(A) m by k. */
void la_dgemm(char transa, char transb, int32_t m, int32_t n, int32_t k, double alpha,
              const double *a, int32_t lda, const double *b, int32_t ldb, double beta, double *c,
              int32_t ldc);
/* y := alpha op(A) x + beta y; A is m by n. */
void la_dgemv(char trans, int32_t m, int32_t n, double alpha, const double *a, int32_t lda,
              const double *x, double beta, double *y);
/* One triangle of C := alpha op(A) op(A)' + beta C; C is n by n. */
void la_dsyrk(char uplo, char trans, int32_t n, int32_t k, double alpha, const double *a,
              int32_t lda, double beta, double *c, int32_t ldc);

/* Norms: 'M' largest entry, '1', 'I', 'F' */

double la_dlange(char norm, int32_t m, int32_t n, const double *a, int32_t lda, double *work);
double la_dlansy(char norm, char uplo, int32_t n, const double *a, int32_t lda, double *work);

/* Orthogonal factorizations; lwork = -1 asks for the best size, given in work[0] */

int32_t la_dgeqrf(int32_t m, int32_t n, double *a, int32_t lda, double *tau, double *work,
                  int32_t lwork);
int32_t la_dgeqp3(int32_t m, int32_t n, double *a, int32_t lda, int32_t *jpvt, double *tau,
                  double *work, int32_t lwork);
int32_t la_dormqr(char side, char trans, int32_t m, int32_t n, int32_t k, const double *a,
                  int32_t lda, const double *tau, double *c, int32_t ldc, double *work,
                  int32_t lwork);
int32_t la_dorgqr(int32_t m, int32_t n, int32_t k, double *a, int32_t lda, const double *tau,
                  double *work, int32_t lwork);

/* Triangular matrices; work of dtrcon holds 3n doubles, iwork n integers */

int32_t la_dtrtrs(char uplo, char trans, char diag, int32_t n, int32_t nrhs, const double *a,
                  int32_t lda, double *b, int32_t ldb);
int32_t la_dtrcon(char norm, char uplo, char diag, int32_t n, const double *a, int32_t lda,
                  double *rcond, double *work, int32_t *iwork);

/* Symmetric positive-definite matrices; work of dpocon holds 3n doubles, iwork n integers */

int32_t la_dpotrf(char uplo, int32_t n, double *a, int32_t lda);
int32_t la_dpotrs(char uplo, int32_t n, int32_t nrhs, const double *a, int32_t lda, double *b,
                  int32_t ldb);
int32_t la_dpocon(char uplo, int32_t n, const double *a, int32_t lda, double anorm, double *rcond,
                  double *work, int32_t *iwork);

/* Singular values and eigenvalues; iwork of dgesdd holds 8 min(m, n) integers */

int32_t la_dgesdd(char jobz, int32_t m, int32_t n, double *a, int32_t lda, double *s, double *u,
                  int32_t ldu, double *vt, int32_t ldvt, double *work, int32_t lwork,
                  int32_t *iwork);
int32_t la_dsyevd(char jobz, char uplo, int32_t n, double *a, int32_t lda, double *w, double *work,
                  int32_t lwork, int32_t *iwork, int32_t liwork);

#endif

#include "clapack.h"

#include <stddef.h>

typedef const double *in;
typedef const int32_t *dim;
typedef const char *opt;

void openblas_set_num_threads(int count);
int openblas_get_num_threads(void);
int openblas_get_parallel(void);
char *openblas_get_config(void);
char *openblas_get_corename(void);

void dgemm_(opt, opt, dim, dim, dim, in, in, dim, in, dim, in, double *, dim, size_t, size_t);
void dgemv_(opt, dim, dim, in, in, dim, in, dim, in, double *, dim, size_t);
void dsyrk_(opt, opt, dim, dim, in, in, dim, in, double *, dim, size_t, size_t);
double dlange_(opt, dim, dim, in, dim, double *, size_t);
double dlansy_(opt, opt, dim, in, dim, double *, size_t, size_t);
void dgeqrf_(dim, dim, double *, dim, double *, double *, dim, int32_t *);
void dgeqp3_(dim, dim, double *, dim, int32_t *, double *, double *, dim, int32_t *);
void dormqr_(opt, opt, dim, dim, dim, in, dim, in, double *, dim, double *, dim, int32_t *, size_t,
             size_t);
void dorgqr_(dim, dim, dim, double *, dim, in, double *, dim, int32_t *);
void dtrtrs_(opt, opt, opt, dim, dim, in, dim, double *, dim, int32_t *, size_t, size_t, size_t);
void dtrcon_(opt, opt, opt, dim, in, dim, double *, double *, int32_t *, int32_t *, size_t, size_t,
             size_t);
void dpotrf_(opt, dim, double *, dim, int32_t *, size_t);
void dpotrs_(opt, dim, dim, in, dim, double *, dim, int32_t *, size_t);
void dpocon_(opt, dim, in, dim, in, double *, double *, int32_t *, int32_t *, size_t);
void dgesdd_(opt, dim, dim, double *, dim, double *, double *, dim, double *, dim, double *, dim,
             int32_t *, int32_t *, size_t);
void dsyevd_(opt, opt, dim, double *, dim, double *, double *, dim, int32_t *, dim, int32_t *,
             size_t, size_t);

static const int32_t one = 1;

void la_set_thread_count(int32_t count) { openblas_set_num_threads(count); }
int32_t la_thread_count(void) { return openblas_get_num_threads(); }
int32_t la_parallel_kind(void) { return openblas_get_parallel(); }
const char *la_configuration(void) { return openblas_get_config(); }
const char *la_core_name(void) { return openblas_get_corename(); }

void la_dgemm(char transa, char transb, int32_t m, int32_t n, int32_t k, double alpha,
              const double *a, int32_t lda, const double *b, int32_t ldb, double beta, double *c,
              int32_t ldc) {
  dgemm_(&transa, &transb, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc, 1, 1);
}

void la_dgemv(char trans, int32_t m, int32_t n, double alpha, const double *a, int32_t lda,
              const double *x, double beta, double *y) {
  dgemv_(&trans, &m, &n, &alpha, a, &lda, x, &one, &beta, y, &one, 1);
}

void la_dsyrk(char uplo, char trans, int32_t n, int32_t k, double alpha, const double *a,
              int32_t lda, double beta, double *c, int32_t ldc) {
  dsyrk_(&uplo, &trans, &n, &k, &alpha, a, &lda, &beta, c, &ldc, 1, 1);
}

double la_dlange(char norm, int32_t m, int32_t n, const double *a, int32_t lda, double *work) {
  return dlange_(&norm, &m, &n, a, &lda, work, 1);
}

double la_dlansy(char norm, char uplo, int32_t n, const double *a, int32_t lda, double *work) {
  return dlansy_(&norm, &uplo, &n, a, &lda, work, 1, 1);
}

int32_t la_dgeqrf(int32_t m, int32_t n, double *a, int32_t lda, double *tau, double *work,
                  int32_t lwork) {
  int32_t info = 0;
  dgeqrf_(&m, &n, a, &lda, tau, work, &lwork, &info);
  return info;
}

int32_t la_dgeqp3(int32_t m, int32_t n, double *a, int32_t lda, int32_t *jpvt, double *tau,
                  double *work, int32_t lwork) {
  int32_t info = 0;
  dgeqp3_(&m, &n, a, &lda, jpvt, tau, work, &lwork, &info);
  return info;
}

int32_t la_dormqr(char side, char trans, int32_t m, int32_t n, int32_t k, const double *a,
                  int32_t lda, const double *tau, double *c, int32_t ldc, double *work,
                  int32_t lwork) {
  int32_t info = 0;
  dormqr_(&side, &trans, &m, &n, &k, a, &lda, tau, c, &ldc, work, &lwork, &info, 1, 1);
  return info;
}

int32_t la_dorgqr(int32_t m, int32_t n, int32_t k, double *a, int32_t lda, const double *tau,
                  double *work, int32_t lwork) {
  int32_t info = 0;
  dorgqr_(&m, &n, &k, a, &lda, tau, work, &lwork, &info);
  return info;
}

int32_t la_dtrtrs(char uplo, char trans, char diag, int32_t n, int32_t nrhs, const double *a,
                  int32_t lda, double *b, int32_t ldb) {
  int32_t info = 0;
  dtrtrs_(&uplo, &trans, &diag, &n, &nrhs, a, &lda, b, &ldb, &info, 1, 1, 1);
  return info;
}

int32_t la_dtrcon(char norm, char uplo, char diag, int32_t n, const double *a, int32_t lda,
                  double *rcond, double *work, int32_t *iwork) {
  int32_t info = 0;
  dtrcon_(&norm, &uplo, &diag, &n, a, &lda, rcond, work, iwork, &info, 1, 1, 1);
  return info;
}

int32_t la_dpotrf(char uplo, int32_t n, double *a, int32_t lda) {
  int32_t info = 0;
  dpotrf_(&uplo, &n, a, &lda, &info, 1);
  return info;
}

int32_t la_dpotrs(char uplo, int32_t n, int32_t nrhs, const double *a, int32_t lda, double *b,
                  int32_t ldb) {
  int32_t info = 0;
  dpotrs_(&uplo, &n, &nrhs, a, &lda, b, &ldb, &info, 1);
  return info;
}

int32_t la_dpocon(char uplo, int32_t n, const double *a, int32_t lda, double anorm, double *rcond,
                  double *work, int32_t *iwork) {
  int32_t info = 0;
  dpocon_(&uplo, &n, a, &lda, &anorm, rcond, work, iwork, &info, 1);
  return info;
}

int32_t la_dgesdd(char jobz, int32_t m, int32_t n, double *a, int32_t lda, double *s, double *u,
                  int32_t ldu, double *vt, int32_t ldvt, double *work, int32_t lwork,
                  int32_t *iwork) {
  int32_t info = 0;
  dgesdd_(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info, 1);
  return info;
}

int32_t la_dsyevd(char jobz, char uplo, int32_t n, double *a, int32_t lda, double *w, double *work,
                  int32_t lwork, int32_t *iwork, int32_t liwork) {
  int32_t info = 0;
  dsyevd_(&jobz, &uplo, &n, a, &lda, w, work, &lwork, iwork, &liwork, &info, 1, 1);
  return info;
}

# The conditional sum of squares in R 4.2.2 (stats::arima, method = "CSS") at the coefficients of arima.csv: Rscript css.R writes css.csv.
# The cases are those of cases.csv without gaps. A regression's coefficients are those of the least sum of squares: errors are linear in them. R fits the differenced
# series, of which the errors before the first predictable value are 0; `sigma2` divides by the number of the others.
table <- read.csv("cases.csv", stringsAsFactors = FALSE)
found <- read.csv("arima.csv", stringsAsFactors = FALSE)
out <- list()
put <- function(case, quantity, index, value)
  out[[length(out) + 1]] <<- data.frame(case = case, quantity = quantity, index = index,
    value = trimws(formatC(value, digits = 15, format = "g")))
for (i in seq_len(nrow(table))) {
  k <- table[i, ]
  if (k$series == "presidents" || k$gaps > 0) next
  x <- read.csv(file.path("..", "classic", paste0(k$series, ".csv")))$value
  if (k$log) x <- log(x)
  n <- length(x)
  xreg <- NULL
  if (k$constant) xreg <- if (k$d + k$D == 0) rep(1, n) else seq_len(n)
  if (k$regressor == "trend") xreg <- cbind(xreg, seq_len(n) - 20)
  if (k$regressor == "step") xreg <- cbind(xreg, as.numeric(seq_len(n) > 0.6 * n), sin(seq_len(n)))
  change <- function(v) {
    v <- as.matrix(v)
    if (k$D > 0) v <- diff(v, lag = k$s, differences = k$D)
    if (k$d > 0) v <- diff(v, differences = k$d)
    v
  }
  own <- found[found$case == k$case & found$quantity %in% c("phi", "theta", "Phi", "Theta"), ]
  css <- function(y, columns = NULL, beta = NULL) arima(y, order = c(k$p, 0, k$q),
    seasonal = list(order = c(k$P, 0, k$Q), period = k$s), xreg = columns, include.mean = FALSE, method = "CSS",
    fixed = c(own$value, beta), transform.pars = FALSE)
  y <- change(x)[, 1]
  if (is.null(xreg)) {
    fit <- css(y)
  } else {
    columns <- change(xreg)
    beta <- qr.coef(qr(apply(columns, 2, function(v) residuals(css(v)))), residuals(css(y)))
    fit <- css(y, columns, beta)
  }
  put(k$case, "loglik", 0, fit$loglik)
  put(k$case, "sigma2", 0, fit$sigma2)
  for (t in c(20, 40, 60)) if (t <= length(residuals(fit))) put(k$case, "residual", t, residuals(fit)[t])
}
write.csv(do.call(rbind, out), "css.csv", row.names = FALSE, quote = FALSE)

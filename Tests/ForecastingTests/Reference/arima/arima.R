# Seasonal ARIMA by exact maximum likelihood in R 4.2.2 (stats::arima): Rscript arima.R writes arima.csv.
# Likelihoods are those of the differenced series, where `arima` is exact; forecasts come from the series itself at the
# same coefficients, with its nearly diffuse start. Series are those of ../classic, and R's `presidents`, quarterly approval
# ratings with gaps (McNeil 1977), written here as presidents.csv.
table <- read.csv("cases.csv", stringsAsFactors = FALSE)
out <- list()
put <- function(case, quantity, index, value)
  out[[length(out) + 1]] <<- data.frame(case = case, quantity = quantity, index = index,
    value = trimws(formatC(value, digits = 15, format = "g")))
for (i in seq_len(nrow(table))) {
  k <- table[i, ]
  if (k$series == "presidents") {
    x <- as.numeric(datasets::presidents)
  } else {
    x <- read.csv(file.path("..", "classic", paste0(k$series, ".csv")))$value
  }
  if (k$gaps > 0) x[seq(40, length(x), by = k$gaps)] <- NA
  if (k$log) x <- log(x)
  n <- length(x)
  h <- 12
  future <- NULL
  xreg <- NULL
  if (k$regressor == "trend") { xreg <- cbind(seq_len(n) - 20); future <- cbind(n + 1:h - 20) }
  if (k$regressor == "step") {
    xreg <- cbind(as.numeric(seq_len(n) > 0.6 * n), sin(seq_len(n)))
    future <- cbind(rep(1, h), sin(n + 1:h))
  }
  has <- k$constant && k$d + k$D < 2
  if (k$constant && k$d + k$D == 1) { xreg <- cbind(seq_len(n), xreg); future <- cbind(n + 1:h, future) }
  change <- function(v) {
    v <- as.matrix(v)
    if (k$D > 0) v <- diff(v, lag = k$s, differences = k$D)
    if (k$d > 0) v <- diff(v, differences = k$d)
    v
  }
  season <- list(order = c(k$P, 0, k$Q), period = k$s)
  count <- k$p + k$q + k$P + k$Q + (has && k$d + k$D == 0) + (if (is.null(xreg)) 0 else ncol(xreg))
  settings <- list(reltol = 1e-14, maxit = 2000, ndeps = rep(1e-5, count))
  whole <- function(fixed = NULL) arima(x, order = c(k$p, k$d, k$q),
    seasonal = list(order = c(k$P, k$D, k$Q), period = k$s), xreg = xreg, method = "ML",
    include.mean = k$constant && k$d + k$D == 0, fixed = fixed, transform.pars = is.null(fixed),
    optim.control = if (is.null(fixed)) settings else list())
  if (anyNA(x) && k$d + k$D > 0) {
    fit <- whole()
  } else {
    w <- change(x)[, 1]
    fit <- arima(w, order = c(k$p, 0, k$q), seasonal = season,
      xreg = if (is.null(xreg)) NULL else change(xreg), include.mean = has && k$d + k$D == 0,
      method = "ML", optim.control = settings)
  }
  coefficients <- fit$coef
  factors <- rep(c("phi", "theta", "Phi", "Theta"), c(k$p, k$q, k$P, k$Q))
  for (j in seq_along(coefficients)) {
    name <- if (j <= length(factors)) factors[j] else "beta"
    put(k$case, name, sum(if (j <= length(factors)) factors[1:j] == name else j - length(factors)), coefficients[j])
  }
  put(k$case, "loglik", 0, fit$loglik)
  put(k$case, "sigma2", 0, fit$sigma2)
  at <- whole(coefficients)
  ahead <- predict(at, n.ahead = h, newxreg = future)
  for (step in c(1, 2, 3, 6, 12)) {
    put(k$case, "mean", step, ahead$pred[step])
    # Of innovations with variance 1.
    put(k$case, "variance", step, ahead$se[step]^2 / at$sigma2)
  }
}
write.csv(do.call(rbind, out), "arima.csv", row.names = FALSE, quote = FALSE)

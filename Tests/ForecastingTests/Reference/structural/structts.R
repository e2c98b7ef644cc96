# Structural models in R 4.2.2 (stats::StructTS): Rscript structts.R writes structts.csv, in the form of structural.csv.
# The variances are those that StructTS found: irregular, level, slope, seasonal. StructTS starts its filter from a covariance of which every element is
# 10^4 var(y): that is a diffuse start for a level alone, whose likelihood is `own`; with a slope or a season its states are perfectly correlated
# at the start, which is another model. So `loglikelihood`, smoothed states and forecasts are those of R's own filter and smoother (KalmanLike,
# KalmanSmooth, KalmanForecast) from a diagonal covariance of k = 10^7 var(y); half the logarithm of k for each state makes the likelihood that of an exactly
# diffuse start, but for about one part in 10^6.
cases <- list(
  c("Nile", "level", 1), c("LakeHuron", "level", 1), c("lynx", "level", 1), c("WWWusage", "level", 1), c("WWWusage", "trend", 1),
  c("austres", "trend", 1), c("Nile", "trend", 1), c("UKgas", "BSM", 4), c("austres", "BSM", 4), c("AirPassengers", "BSM", 12),
  c("USAccDeaths", "BSM", 12), c("UKDriverDeaths", "BSM", 12), c("nottem", "BSM", 12))
out <- list()
put <- function(series, model, quantity, index, value)
  out[[length(out) + 1]] <<- data.frame(series = series, model = model, quantity = quantity, index = index,
    value = trimws(formatC(value, digits = 15, format = "g")))
for (case in cases) {
  s <- as.integer(case[3])
  y <- ts(as.numeric(head(read.csv(file.path("..", "classic", paste0(case[1], ".csv")))$value, 150)), frequency = s)
  fit <- tryCatch(suppressWarnings(StructTS(y, type = case[2])), error = function(e) NULL)
  if (is.null(fit)) { message(paste(case, collapse = " "), ": StructTS's optimiser failed"); next }
  name <- c(level = "level_none", trend = "trend_none", BSM = "trend_dummy")[[case[2]]]
  record <- function(...) put(case[1], name, ...)
  coef <- fit$coef
  given <- coef[c("epsilon", intersect(c("level", "slope", "seas"), names(coef)))]
  for (i in seq_along(given)) record("variances", i - 1, given[i])
  k <- 1e7 * var(y)
  start <- fit$model0
  states <- length(start$a)
  start$P <- diag(k, states)
  n <- length(y)
  like <- KalmanLike(y, start, nit = -1L)
  logs <- n * (2 * like$Lik - log(like$s2))
  record("loglikelihood", 0, -0.5 * (n * log(2 * pi) + logs + n * like$s2) + states / 2 * log(k))
  if (case[2] == "level") record("own", 0, fit$loglik + 0.5 * log(1e4 * var(y)))
  smooth <- KalmanSmooth(y, start, nit = -1L)
  for (t in c(0, 1, n %/% 2, n - 2, n - 1)) {
    record("level", t, smooth$smooth[t + 1, 1])
    # At the start R's smoother subtracts numbers of the size of k.
    if (t >= n %/% 2) record("level_error", t, sqrt(smooth$var[t + 1, 1, 1]))
    if (case[2] == "BSM") record("seasonal", t, smooth$smooth[t + 1, 3])
  }
  after <- attr(KalmanRun(y, start, nit = -1L, update = TRUE), "mod")
  ahead <- KalmanForecast(24, after)
  for (h in c(1, 2, 6, 12, 24)) {
    record("mean", h, ahead$pred[h])
    record("deviation", h, sqrt(ahead$var[h]))
  }
}
write.csv(do.call(rbind, out), "structts.csv", row.names = FALSE, quote = FALSE)

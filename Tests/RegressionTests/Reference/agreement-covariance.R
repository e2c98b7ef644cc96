# Writes agreement-covariance-data/*.csv and the R rows of agreement-covariance.csv.
# Data: package datasets of R (longley, mtcars, airquality, stackloss, Nile, LakeHuron, nhtemp, Orange,
# Loblolly) and Grunfeld (plm); macrodata.csv comes from agreement-covariance-macrodata.py, run first.
# Run in this folder: Rscript agreement-covariance.R, then python3 agreement-covariance.py.
suppressMessages({
  library(sandwich); library(lmtest); library(strucchange); library(tseries)
  library(plm); library(urca); library(car)
})
rows <- c("estimator_or_test,data_set,package,version,quantity,value")
put <- function(test, data, package, quantity, value) {
  version <- as.character(packageVersion(package))
  rows <<- c(rows, sprintf("%s,%s,%s,%s,%s,%.17g", test, data, package, version, quantity, value))
}
save <- function(name, frame) {
  text <- do.call(paste, c(lapply(frame, function(v) sprintf("%.17g", as.numeric(v))), sep = ","))
  writeLines(c(paste(names(frame), collapse = ","), text), file.path("agreement-covariance-data", paste0(name, ".csv")))
}
air <- airquality[complete.cases(airquality), ]
macro <- read.csv("agreement-covariance-data/macrodata.csv")
data(Grunfeld, package = "plm")
number <- function(f) as.integer(as.factor(as.character(f)))
sets <- list(
  longley = data.frame(y = longley$Employed, longley[, 1:6]),
  mtcars = data.frame(y = mtcars$mpg, mtcars[, c("wt", "hp", "qsec")]),
  airquality = data.frame(y = air$Ozone, air[, c("Solar.R", "Wind", "Temp")]),
  stackloss = data.frame(y = stackloss$stack.loss, stackloss[, 1:3]),
  macrodata = macro)
panels <- list(
  grunfeld = data.frame(y = Grunfeld$inv, value = Grunfeld$value, capital = Grunfeld$capital,
                        unit = Grunfeld$firm, time = Grunfeld$year),
  orange = data.frame(y = Orange$circumference, age = Orange$age, unit = number(Orange$Tree),
                      time = as.integer(as.factor(Orange$age))),
  loblolly = data.frame(y = Loblolly$height, age = Loblolly$age, age2 = Loblolly$age^2,
                        unit = number(Loblolly$Seed), time = as.integer(as.factor(Loblolly$age))))
series <- list(nile = as.numeric(Nile), lakehuron = as.numeric(LakeHuron), nhtemp = as.numeric(nhtemp))
for (s in names(sets)) if (s != "macrodata") save(s, sets[[s]])
for (s in names(panels)) save(s, panels[[s]])
for (s in names(series)) save(s, data.frame(y = series[[s]]))

matrixRows <- function(test, data, package, v) {
  for (i in seq_len(nrow(v))) {
    put(test, data, package, sprintf("se[%d]", i - 1), sqrt(v[i, i]))
    for (j in seq_len(i - 1)) put(test, data, package, sprintf("cov[%d;%d]", i - 1, j - 1), v[i, j])
  }
}
for (s in names(sets)) {
  d <- sets[[s]]; m <- lm(y ~ ., d); n <- nrow(d); k <- length(coef(m))
  matrixRows("classical", s, "stats", vcov(m))
  for (type in c("HC0", "HC1", "HC2", "HC3")) matrixRows(tolower(type), s, "sandwich", vcovHC(m, type))
  matrixRows("newey_west_2", s, "sandwich", NeweyWest(m, lag = 2, prewhite = FALSE))
  matrixRows("newey_west_2_adjusted", s, "sandwich", NeweyWest(m, lag = 2, prewhite = FALSE, adjust = TRUE))
  matrixRows("newey_west", s, "sandwich", NeweyWest(m, prewhite = FALSE))
  put("newey_west", s, "sandwich", "bandwidth", bwNeweyWest(m, prewhite = 0))
  if (s != "longley") {  # there R's ar() stops: its projection matrix is singular
    matrixRows("newey_west_prewhitened", s, "sandwich", NeweyWest(m))
    put("newey_west_prewhitened", s, "sandwich", "bandwidth", bwNeweyWest(m))
  }
  w <- waldtest(m, vcov = vcovHC(m, "HC3"))
  put("wald", s, "lmtest", "F", w$F[2]); put("wald", s, "lmtest", "p_F", w$`Pr(>F)`[2])
  w <- waldtest(m, vcov = vcovHC(m, "HC3"), test = "Chisq")
  put("wald", s, "lmtest", "chisq", w$Chisq[2]); put("wald", s, "lmtest", "p_chisq", w$`Pr(>Chisq)`[2])
  h <- linearHypothesis(m, c(0, 1, -2, rep(0, k - 3)), 0.5, vcov. = vcov(m))
  put("wald_restriction", s, "car", "F", h$F[2]); put("wald_restriction", s, "car", "p_F", h$`Pr(>F)`[2])
  each <- list(leverage = hatvalues(m), cooks_distance = cooks.distance(m),
               standardized_residual = rstandard(m), studentized_residual = rstudent(m), dffits = dffits(m))
  for (name in names(each)) for (i in seq_len(min(n, 12)))
    put(name, s, "stats", sprintf("row[%d]", i - 1), each[[name]][i])
  v <- vif(m)
  for (j in seq_along(v)) put("vif", s, "car", sprintf("column[%d]", j), v[j])
  X <- model.matrix(m)
  put("condition_number", s, "base", "unscaled", kappa(X, exact = TRUE))
  put("condition_number", s, "base", "scaled", kappa(scale(X, FALSE, sqrt(colSums(X^2))), exact = TRUE))
  for (alternative in c("greater", "less", "two.sided")) {
    # From 100 observations on, where lmtest does not use it by default, its algorithm does not settle
    # (airquality: the fourth digit changes with the number of iterations).
    t <- dwtest(m, alternative = alternative, exact = n < 100, iterations = 200)
    put("durbin_watson", s, "lmtest", "statistic", t$statistic)
    if (n < 100) put("durbin_watson", s, "lmtest", paste0("p_exact_", alternative), t$p.value)
    t <- dwtest(m, alternative = alternative, exact = FALSE)
    put("durbin_watson", s, "lmtest", paste0("p_normal_", alternative), t$p.value)
  }
  for (order in c(1, 3)) {
    t <- bgtest(m, order); name <- paste0("breusch_godfrey_", order)
    put(name, s, "lmtest", "chisq", t$statistic); put(name, s, "lmtest", "p_chisq", t$p.value)
    t <- bgtest(m, order, type = "F")
    put(name, s, "lmtest", "F", t$statistic); put(name, s, "lmtest", "p_F", t$p.value)
  }
  t <- bptest(m); put("breusch_pagan", s, "lmtest", "chisq", t$statistic)
  put("breusch_pagan", s, "lmtest", "p_chisq", t$p.value); put("breusch_pagan", s, "lmtest", "df", t$parameter)
  t <- bptest(m, studentize = FALSE); put("breusch_pagan_original", s, "lmtest", "chisq", t$statistic)
  put("breusch_pagan_original", s, "lmtest", "p_chisq", t$p.value)
  t <- jarque.bera.test(residuals(m)); put("jarque_bera", s, "tseries", "chisq", t$statistic)
  put("jarque_bera", s, "tseries", "p_chisq", pchisq(t$statistic, 2, lower.tail = FALSE))
  t <- resettest(m); put("reset", s, "lmtest", "F", t$statistic); put("reset", s, "lmtest", "p_F", t$p.value)
  t <- resettest(m, power = 3); put("reset_3", s, "lmtest", "F", t$statistic); put("reset_3", s, "lmtest", "p_F", t$p.value)
  t <- Box.test(residuals(m), 4, "Ljung"); put("ljung_box_4", s, "stats", "chisq", t$statistic)
  put("ljung_box_4", s, "stats", "p_chisq", t$p.value)
  t <- sctest(efp(y ~ ., data = d, type = "OLS-CUSUM")); put("ols_cusum", s, "strucchange", "statistic", t$statistic)
  put("ols_cusum", s, "strucchange", "p", t$p.value)
}
for (s in names(panels)) {
  d <- panels[[s]]; x <- setdiff(names(d), c("unit", "time"))
  m <- lm(y ~ ., d[, x])
  matrixRows("cluster_unit", s, "sandwich", vcovCL(m, d$unit))
  matrixRows("cluster_unit_unadjusted", s, "sandwich", vcovCL(m, d$unit, type = "HC0", cadjust = FALSE))
  matrixRows("cluster_two_way", s, "sandwich", vcovCL(m, d[, c("unit", "time")], fix = TRUE))
  p <- pdata.frame(d, index = c("unit", "time"))
  g <- plm(reformulate(setdiff(x, "y"), "y"), p, model = "pooling")
  matrixRows("driscoll_kraay", s, "plm", vcovSCC(g))
  matrixRows("driscoll_kraay_2", s, "plm", vcovSCC(g, maxlag = 2))
  matrixRows("driscoll_kraay_2_adjusted", s, "plm", vcovSCC(g, maxlag = 2, type = "HC1"))
}
for (s in names(series)) {
  y <- series[[s]]; n <- length(y); t <- seq_len(n)
  a <- suppressWarnings(adf.test(y)); put("adf_trend", s, "tseries", "statistic", a$statistic)
  put("adf_trend", s, "tseries", "lags", a$parameter)
  for (type in c("none", "drift", "trend")) for (lags in c(0, 2))
    put(sprintf("adf_%s_%d", type, lags), s, "urca", "statistic", ur.df(y, type, lags)@teststat[1])
  for (null in c("Level", "Trend")) for (short in c(TRUE, FALSE)) {
    a <- suppressWarnings(kpss.test(y, null, short)); name <- paste0("kpss_", tolower(null), if (short) "_short" else "_long")
    put(name, s, "tseries", "statistic", a$statistic); put(name, s, "tseries", "p", a$p.value)
    put(name, s, "tseries", "lags", a$parameter)
  }
  for (form in c("level", "trend")) {
    f <- if (form == "level") y ~ 1 else y ~ t
    b <- breakpoints(f, h = 0.15); name <- paste0("bai_perron_", form); k <- if (form == "level") 1 else 2
    table <- summary(b)$RSS
    for (count in seq_len(ncol(table)) - 1) {
      put(name, s, "strucchange", sprintf("rss[%d]", count), table["RSS", count + 1])
      put(name, s, "strucchange", sprintf("bic[%d]", count), table["BIC", count + 1])
      # Liu, Wu and Zidek's criterion as Bai and Perron (2003) write it, on strucchange's RSS.
      q <- (count + 1) * k + count
      put(name, s, "strucchange", sprintf("lwz[%d]", count),
          log(table["RSS", count + 1] / (n - q)) + q / n * 0.299 * log(n)^2.1)
      if (count > 0) {
        at <- breakpoints(b, breaks = count)$breakpoints
        interval <- suppressWarnings(tryCatch(confint(b, breaks = count)$confint, error = function(e) NULL))
        for (i in seq_along(at)) {
          put(name, s, "strucchange", sprintf("break[%d;%d]", count, i - 1), at[i])
          if (!is.null(interval) && all(is.finite(interval[i, ]))) {
            put(name, s, "strucchange", sprintf("lower[%d;%d]", count, i - 1), interval[i, 1])
            put(name, s, "strucchange", sprintf("upper[%d;%d]", count, i - 1), interval[i, 3])
          }
        }
      }
    }
    put(name, s, "strucchange", "count_bic", which.min(table["BIC", ]) - 1)
  }
}
writeLines(unique(rows), "agreement-covariance.csv")

# Long-run effects of distributed lags within units, with clustered and Driscoll-Kraay covariances.
# Data: Grunfeld, Produc and EmplUK of R's plm. Run in this folder: Rscript effects.R
# Lags are built within units; Almon columns are sums over lags of x[t-l] * s^k with
# s = (l - L/2)/(L/2), k = 0..degree, as Sources/Attainment/Sensitivity/LagShape.swift states.
suppressMessages(library(plm))
version <- as.character(packageVersion("plm"))
rows <- "data_set,lags,degree,period_effects,errors,quantity,value"
put <- function(case, errors, quantity, value)
  rows <<- c(rows, sprintf("%s,%s,%s,%.17g", case, errors, quantity, value))
almon <- function(frame, lags, degree) {
  half <- max(lags / 2, 0.5)
  for (k in 0:degree) frame[[paste0("a", k)]] <- 0
  for (l in 0:lags) {
    s <- if (lags == 0) 0 else (l - lags / 2) / half
    past <- ave(frame$x, frame$unit, FUN = function(v) c(rep(NA, l), head(v, length(v) - l)))
    for (k in 0:degree) frame[[paste0("a", k)]] <- frame[[paste0("a", k)]] + past * s^k
  }
  frame
}
longRun <- function(lags, degree) {
  half <- max(lags / 2, 0.5)
  sapply(0:degree, function(k) sum(sapply(0:lags, function(l)
    (if (lags == 0) 0 else (l - lags / 2) / half)^k)))
}
data(Grunfeld, package = "plm"); data(Produc, package = "plm"); data(EmplUK, package = "plm")
number <- function(f) as.integer(as.factor(as.character(f)))
sets <- list(
  grunfeld = data.frame(unit = Grunfeld$firm, time = Grunfeld$year, y = Grunfeld$inv, x = Grunfeld$value),
  produc = data.frame(unit = number(Produc$state), time = Produc$year, y = log(Produc$gsp), x = log(Produc$pc)),
  empluk = data.frame(unit = EmplUK$firm, time = EmplUK$year, y = log(EmplUK$emp), x = log(EmplUK$wage)))
for (name in names(sets)) {
  frame <- sets[[name]][order(sets[[name]]$unit, sets[[name]]$time), ]
  text <- do.call(paste, c(lapply(frame, function(v) sprintf("%.17g", as.numeric(v))), sep = ","))
  writeLines(c(paste(names(frame), collapse = ","), text), paste0(name, ".csv"))
  for (shape in list(c(0, 0), c(2, 1), c(3, 2))) for (twoways in c(FALSE, TRUE)) {
    lags <- shape[1]; degree <- shape[2]
    built <- almon(frame, lags, degree)
    built <- built[complete.cases(built), ]
    # Time as EffectRows has it: from -1 to 1 over the rows used.
    middle <- (min(built$time) + max(built$time)) / 2
    built$trend <- (built$time - middle) / ((max(built$time) - min(built$time)) / 2)
    terms <- c(paste0("a", 0:degree), if (!twoways) "trend")
    fit <- plm(as.formula(paste("y ~", paste(terms, collapse = "+"))), built,
               index = c("unit", "time"), model = "within",
               effect = if (twoways) "twoways" else "individual")
    weights <- longRun(lags, degree); keep <- seq_along(weights)
    case <- sprintf("%s,%d,%d,%d", name, lags, degree, as.integer(twoways))
    put(case, "clustered", "long_run", sum(weights * coef(fit)[keep]))
    group <- vcovHC(fit, method = "arellano", type = "sss", cluster = "group")
    put(case, "clustered", "standard_error", sqrt(drop(weights %*% group[keep, keep] %*% weights)))
    kraay <- vcovSCC(fit, type = "HC0", maxlag = 2)
    put(case, "driscoll_kraay_2", "standard_error", sqrt(drop(weights %*% kraay[keep, keep] %*% weights)))
  }
}
writeLines(rows, "effects.csv")
writeLines(c(paste("plm", version), R.version.string), "versions.txt")

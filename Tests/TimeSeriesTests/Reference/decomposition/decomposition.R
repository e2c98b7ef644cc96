# Decompositions of classic series of R's package datasets: R 4.2 stats::stl, stats::decompose and
# forecast 8.20 mstl. Run in this folder: Rscript decomposition.R
suppressMessages(library(forecast))
series <- list(
  nottem = nottem, co2 = co2, airpassengers = AirPassengers, usaccdeaths = USAccDeaths,
  ukgas = UKgas, ldeaths = ldeaths, mdeaths = mdeaths, jj = JohnsonJohnson,
  fdeaths = fdeaths, driverdeaths = UKDriverDeaths,
  sunspots = window(sunspots, 1900, c(1915, 12)), logpassengers = log(AirPassengers))
rows <- list()
add <- function(name, method, observed, trend, seasonal, second = NA) {
  rows[[length(rows) + 1]] <<- data.frame(
    series = name, method = method, period = NA, index = seq_along(observed), observed, trend,
    seasonal, second)
}
parameters <- list()
for (name in names(series)) {
  x <- series[[name]]
  p <- frequency(x)
  y <- as.numeric(x)
  from_stl <- function(method, ...) {
    f <- stl(x, ...)$time.series
    add(name, method, y, as.numeric(f[, "trend"]), as.numeric(f[, "seasonal"]))
    rows[[length(rows)]]$period <<- p
  }
  from_stl("periodic", s.window = "periodic")
  from_stl("window", s.window = 11)
  from_stl("exact", s.window = 9, s.degree = 1, t.window = 21, t.degree = 0, l.window = 15,
    s.jump = 1, t.jump = 1, l.jump = 1, inner = 3)
  from_mstl <- mstl(x)
  add(name, "mstl", y, as.numeric(from_mstl[, "Trend"]), as.numeric(from_mstl[, 3]))
  rows[[length(rows)]]$period <- p
  for (type in c("additive", "multiplicative")) {
    # The sunspots fall to zero.
    if (type == "multiplicative" && min(x) <= 0) next
    d <- decompose(x, type)
    add(name, type, y, as.numeric(d$trend), as.numeric(d$seasonal))
    rows[[length(rows)]]$period <- p
  }
}
set.seed(7)
day <- 1:(7 * 52)
two <- msts(round(100 + 0.1 * day + 10 * sin(2 * pi * day / 7) + 5 * cos(2 * pi * day / 28)
  + rnorm(length(day)), 3), seasonal.periods = c(7, 28))
f <- mstl(two)
add("two", "mstl2", as.numeric(two), as.numeric(f[, "Trend"]), as.numeric(f[, 3]),
  as.numeric(f[, 4]))
rows[[length(rows)]]$period <- 7
all <- do.call(rbind, rows)
for (column in c("observed", "trend", "seasonal", "second"))
  all[[column]] <- ifelse(is.na(all[[column]]), "", sprintf("%.12g", all[[column]]))
# The observations once; of the components every third step.
write.csv(unique(all[, c("series", "index", "observed")]), "series.csv", row.names = FALSE,
  quote = FALSE)
write.csv(all[all$index %% 3 == 1, setdiff(names(all), "observed")], "decomposition.csv",
  row.names = FALSE, quote = FALSE)

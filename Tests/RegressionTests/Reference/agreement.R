# Reference numbers for agreement.csv: Rscript agreement.R, from this folder.
# Needs R with the recommended packages MASS, nlme and splines; no package code is copied.
# Data: longley (J. W. Longley, JASA 62, 1967), mtcars (Henderson & Velleman, Biometrics 37, 1981),
# stackloss (K. A. Brownlee, 1960), swiss (Mosteller & Tukey, 1977, 1888 census), LakeHuron and
# AirPassengers (Brockwell & Davis, 1991; Box & Jenkins, 1976), Nile (Cobb, Biometrika 65, 1978): all as published.
suppressMessages({library(MASS); library(nlme); library(splines)})
options(digits = 17, warn = 1)
dir.create("data", showWarnings = FALSE)
tables <- list(
  longley = setNames(longley, c("deflator", "gnp", "unemployed", "armed", "population", "year", "employed")),
  mtcars = mtcars,
  stackloss = setNames(stackloss, c("air", "water", "acid", "loss")),
  swiss = setNames(swiss, tolower(names(swiss))),
  lakehuron = data.frame(t = 1:98, year = 1875:1972, level = as.numeric(LakeHuron)),
  passengers = data.frame(t = 1:144, month = rep(1:12, 12), count = as.numeric(AirPassengers)),
  nile = data.frame(t = 1:100, year = 1871:1970, flow = as.numeric(Nile)))
names(tables$swiss)[6] <- "mortality"
for (n in names(tables)) write.csv(tables[[n]], file.path("data", paste0(n, ".csv")), row.names = FALSE, quote = FALSE)

rows <- list()
put <- function(estimator, data, formula, options, quantities, package) {
  version <- if (package == "stats") paste(R.version$major, R.version$minor, sep = ".") else
    as.character(packageVersion(package))
  rows[[length(rows) + 1]] <<- data.frame(estimator, dataset = data, formula, options,
    quantity = names(quantities), value = sprintf("%.17g", quantities), package = paste0("R ", package),
    version, script = "agreement.R")
}
named <- function(prefix, x) setNames(as.numeric(x), paste0(prefix, ":", names(x)))
linear <- function(m) {
  s <- summary(m)
  q <- c(named("coef", coef(m)[!is.na(coef(m))]), named("se", s$coefficients[, 2]), named("p", s$coefficients[, 4]),
    sigma = s$sigma, rSquared = s$r.squared, adjustedRSquared = s$adj.r.squared,
    logLikelihood = as.numeric(logLik(m)), aic = AIC(m), bic = BIC(m))
  q[!grepl("^p:", names(q)) | q > 1e-300]
}
fitted_lm <- function(estimator, data, f, weights = NULL, r = NULL) {
  d <- tables[[data]]
  w <- if (is.null(weights)) NULL else d[[weights]]
  d$.w <- if (is.null(w)) 1 else w
  g <- as.formula(if (is.null(r)) f else r)
  m <- if (is.null(w)) lm(g, d) else lm(g, d, weights = .w)
  q <- linear(m)
  put(estimator, data, f, if (is.null(weights)) "" else paste0("weights=", weights), q, "stats")
  m
}
plain <- list(c("longley", "employed ~ gnp + unemployed + armed + population + year + deflator"),
  c("mtcars", "mpg ~ wt + hp + qsec"), c("stackloss", "loss ~ air + water + acid"),
  c("swiss", "fertility ~ . "))
for (p in plain) fitted_lm("ordinary", p[1], p[2])
fitted_lm("weighted", "longley", "employed ~ gnp + unemployed", "population")
fitted_lm("weighted", "mtcars", "mpg ~ wt + hp", "qsec")
fitted_lm("weighted", "swiss", "fertility ~ education + agriculture", "catholic")
fitted_lm("weighted", "stackloss", "loss ~ air + water - 1", "acid")
fitted_lm("terms", "mtcars", "log(mpg) ~ log(wt) * factor(cyl) + I(hp^2)")
fitted_lm("terms", "mtcars", "mpg ~ factor(gear):wt + factor(am) - 1")
fitted_lm("terms", "mtcars", "mpg ~ (wt + hp + qsec)^2 - hp:qsec")
fitted_lm("terms", "swiss", "fertility ~ sqrt(education) + catholic/agriculture")
fitted_lm("terms", "stackloss", "loss ~ exp(air/50) + I(air * water - 3) + I(2 * air) + air")
fitted_lm("poly", "mtcars", "mpg ~ poly(wt, 3)")
fitted_lm("poly", "lakehuron", "level ~ poly(year, 4)")
fitted_lm("poly", "stackloss", "loss ~ poly(air, 2) + water")
fitted_lm("poly raw", "mtcars", "mpg ~ poly(wt, 3, raw = TRUE)")
fitted_lm("poly raw", "lakehuron", "level ~ poly(t, 3, raw = TRUE)")
fitted_lm("poly raw", "swiss", "fertility ~ poly(education, 2, raw = TRUE)")
fitted_lm("natural spline", "mtcars", "mpg ~ ns(wt, 4)")
fitted_lm("natural spline", "lakehuron", "level ~ ns(year, 6)")
fitted_lm("natural spline", "swiss", "fertility ~ ns(education, 3) + catholic")
rename <- function(q, from, to) { for (i in seq_along(from)) names(q) <- sub(from[i], to[i], names(q), fixed = TRUE); q }
transformed <- function(estimator, data, f, d, r, from, to) {
  q <- linear(lm(as.formula(r), d)); names(q) <- sub("^(coef|se|p):(.*)$", "\\1:\\2", names(q))
  for (i in seq_along(from)) names(q)[sub("^[a-z]+:", "", names(q)) == from[i]] <-
    paste0(sub(":.*", ":", names(q)[sub("^[a-z]+:", "", names(q)) == from[i]]), to[i])
  put(estimator, data, f, "", q, "stats")
}
for (s in list(c("passengers", "log(count)", 12), c("lakehuron", "level", 11), c("nile", "flow", 10))) {
  d <- tables[[s[1]]]; p <- as.numeric(s[3])
  for (k in 1:2) { d[[paste0("s", k)]] <- sinpi(2 * k * d$t / p); d[[paste0("c", k)]] <- cospi(2 * k * d$t / p) }
  to <- paste0("fourier(t, ", p, ", 2)", c("sin1", "cos1", "sin2", "cos2"))
  transformed("fourier", s[1], sprintf("%s ~ t + fourier(t, %s, 2)", s[2], s[3]), d,
    sprintf("%s ~ t + s1 + c1 + s2 + c2", s[2]), c("s1", "c1", "s2", "c2"), to)
  d$season <- factor((d$t - 1) %% p + 1)
  transformed("season", s[1], sprintf("%s ~ t + season(t, %s)", s[2], s[3]), d,
    sprintf("%s ~ t + season", s[2]), paste0("season", 2:p), paste0("season(t, ", p, ")", 2:p))
}
for (s in list(c("passengers", "log(count)", 80), c("lakehuron", "level", 20), c("nile", "flow", 28))) {
  d <- tables[[s[1]]]; at <- as.numeric(s[3]); d$s <- as.numeric(d$t >= at); d$r <- pmax(0, d$t - at)
  transformed("step and ramp", s[1], sprintf("%s ~ t + step(t, %s) + ramp(t, %s)", s[2], s[3], s[3]), d,
    sprintf("%s ~ t + s + r", s[2]), c("s", "r"), sprintf(c("step(t, %s)", "ramp(t, %s)"), s[3]))
}
# A covariance of errors that is known: correlation 0.5^|i-j|.
for (s in plain[c(1, 2, 3)]) {
  m <- gls(as.formula(s[2]), tables[[s[1]]], correlation = corAR1(0.5, fixed = TRUE), method = "REML")
  t <- summary(m)$tTable
  put("generalized", s[1], s[2], "ar1=0.5",
    c(named("coef", coef(m)), named("se", setNames(t[, 2], rownames(t))), sigma = m$sigma), "nlme")
}
for (s in list(c("longley", plain[[1]][2], 0.02), c("mtcars", "mpg ~ wt + hp + qsec + disp", 3),
               c("swiss", "fertility ~ agriculture + education + catholic + mortality", 1.5),
               c("stackloss", "loss ~ air + water + acid", 0.5))) {
  l <- as.numeric(s[3]); f <- as.formula(s[2]); d <- tables[[s[1]]]
  m <- lm.ridge(f, d, lambda = l)
  put("ridge", s[1], s[2], paste0("penalty=", s[3]),
    c(named("coef", setNames(coef(m), c("(Intercept)", names(m$coef)))), gcv = as.numeric(m$GCV)), "MASS")
  g <- function(x) as.numeric(lm.ridge(f, d, lambda = exp(x))$GCV)
  grid <- seq(-15, 10, length = 400); k <- which.min(sapply(grid, g))
  o <- optimize(g, grid[c(max(1, k - 1), min(400, k + 1))], tol = 1e-10)
  put("ridge", s[1], s[2], "penalty=gcv", c(gcv = o$objective), "MASS")
}
# Restricted by substitution: the coefficients of the first two terms add up to 1.
for (s in list(c("mtcars", "mpg", "wt", "hp", "qsec"), c("swiss", "fertility", "education", "agriculture", "catholic"),
               c("stackloss", "loss", "air", "water", "acid"))) {
  m <- lm(as.formula(sprintf("I(%s - %s) ~ I(%s - %s) + %s", s[2], s[4], s[3], s[4], s[5])), tables[[s[1]]])
  full <- lm(as.formula(sprintf("%s ~ %s + %s + %s", s[2], s[3], s[4], s[5])), tables[[s[1]]])
  b <- coef(m); e <- summary(m)$coefficients[, 2]
  rss <- deviance(m); f <- (rss - deviance(full)) / (deviance(full) / df.residual(full))
  q <- c(b[1], b[2], 1 - b[2], b[3], e[1], e[2], e[2], e[3], summary(m)$sigma, f)
  n <- c("(Intercept)", s[3:5]); names(q) <- c(paste0("coef:", n), paste0("se:", n), "sigma", "fStatistic")
  put("restricted", s[1], sprintf("%s ~ %s + %s + %s", s[2], s[3], s[4], s[5]),
    sprintf("%s + %s = 1", s[3], s[4]), q, "stats")
}
# Predictions at the rows of the data, and the F test of all terms but the first.
for (s in list(c("mtcars", "mpg ~ wt + hp"), c("passengers", "log(count) ~ t"), c("swiss", "fertility ~ ns(education, 3)"),
               c("lakehuron", "level ~ poly(year, 2)"))) {
  m <- lm(as.formula(s[2]), tables[[s[1]]])
  a <- predict(m, tables[[s[1]]], interval = "confidence", level = 0.9)
  b <- suppressWarnings(predict(m, tables[[s[1]]], interval = "prediction"))
  q <- c(a[2, ], b[7, 2:3], exp(b[7, ]), exp(b[7, 1] + summary(m)$sigma^2 / 2))
  names(q) <- c("fit:1", "confidence lower:1", "confidence upper:1", "prediction lower:6", "prediction upper:6",
    "median:6", "median lower:6", "median upper:6", "mean:6")
  if (s[1] != "passengers") q <- q[1:5]
  put("prediction", s[1], s[2], "", q, "stats")
  f <- summary(m)$fstatistic
  put("overall F", s[1], s[2], "", c(fStatistic = f[[1]], pValue = pf(f[[1]], f[[2]], f[[3]], lower.tail = FALSE)), "stats")
}
for (s in list(c("mtcars", "mpg ~ wt + hp + qsec", "mpg ~ wt"), c("swiss", "fertility ~ education + catholic + mortality", "fertility ~ education"),
               c("stackloss", "loss ~ air + water + acid", "loss ~ air"))) {
  a <- anova(lm(as.formula(s[3]), tables[[s[1]]]), lm(as.formula(s[2]), tables[[s[1]]]))
  put("Wald test", s[1], s[2], "last two", c(fStatistic = a$F[2], pValue = a[["Pr(>F)"]][2]), "stats")
}
all <- do.call(rbind, rows)
all$ours <- ""; all$difference <- ""
quote <- function(x) ifelse(grepl("[,\"]", x), paste0("\"", gsub("\"", "\"\"", x), "\""), x)
for (k in names(all)) all[[k]] <- quote(as.character(all[[k]]))
write.table(all, "agreement.csv", sep = ",", quote = FALSE, row.names = FALSE)

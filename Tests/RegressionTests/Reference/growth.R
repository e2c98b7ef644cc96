# Prints the reference numbers of GrowthCurveTests: R's nls with exact derivatives (stats::deriv) from
# stated starts, relative offset 1e-9 or the least it reaches. Where R has a self-starting model
# (SSlogis, SSfpl, SSgompertz), its estimates at the default tolerance are printed beside.
# Data: R's datasets Orange, DNase (run 1), uspop.
options(digits = 17)
cat(R.version.string, "\n")
exact <- function(name, f, start, data, response) {
  g <- deriv(f, names(start), c(names(start), "t"))
  call <- as.formula(paste("y ~ g(", paste(c(names(start), "t"), collapse = ", "), ")"))
  environment(call) <- environment()
  for (tol in c(1e-9, 3e-9, 1e-8, 1e-7)) {
    fit <- tryCatch(nls(call, data, start = start, control = nls.control(maxiter = 500, tol = tol, minFactor = 1e-10)), error = function(e) NULL)
    if (!is.null(fit)) break
  }
  s <- summary(fit)
  cat(name, "offset", tol, "\n estimate:", sprintf("%.15g", coef(fit)), "\n se:",
    sprintf("%.15g", s$coefficients[, 2]), "\n rss:", sprintf("%.15g", deviance(fit)), "\n")
  fit
}
dnase <- data.frame(t = log(DNase$conc[DNase$Run == 1]), conc = DNase$conc[DNase$Run == 1], y = DNase$density[DNase$Run == 1])
orange <- data.frame(t = Orange$age, y = Orange$circumference)
pop <- data.frame(t = as.numeric(time(uspop)), y = as.numeric(uspop))
cat("self-starts:\n")
print(coef(nls(y ~ SSlogis(t, Asym, xmid, scal), orange)))
print(coef(nls(y ~ SSlogis(t, Asym, xmid, scal), dnase)))
print(coef(nls(y ~ SSfpl(t, A, B, xmid, scal), dnase))) # A is the floor, B the ceiling
print(coef(nls(y ~ SSgompertz(t, Asym, b2, b3), dnase))) # b2 = exp(rate midpoint), b3 = exp(-rate)
print(coef(nls(y ~ SSlogis(t, Asym, xmid, scal), pop)))
logistic <- ~ c / (1 + exp((m - t) / s))
invisible(exact("logistic Orange", logistic, list(c = 192, m = 728, s = 353), orange))
invisible(exact("logistic DNase", logistic, list(c = 2.3, m = 1.5, s = 1), dnase))
invisible(exact("logistic4 DNase", ~ b + (c - b) / (1 + exp((m - t) / s)), list(c = 2.4, b = 0, m = 1.5, s = 1), dnase))
invisible(exact("gompertz DNase", ~ c * exp(-exp(-r * (t - m))), list(c = 4.6, m = 2.46, r = 0.333), dnase))
invisible(exact("richards DNase", ~ c * (1 + s * exp(-r * (t - m)))^(-1 / s), list(c = 2.386, m = 1.4957, r = 0.922, s = 0.939), dnase))
invisible(exact("weibull DNase by conc", ~ c * (1 - exp(-(t / s)^k)), list(c = 1.88, s = 4.5, k = 0.86), transform(dnase, t = conc)))
invisible(exact("bass Orange", ~ c * (1 - exp(-(p + q) * t)) / (1 + q / p * exp(-(p + q) * t)), list(c = 237, p = 0.00059, q = 0.00071), orange))
invisible(exact("logistic uspop, ceiling 500", ~ 500 / (1 + exp((m - t) / s)), list(m = 1987, s = 48), pop))
fit <- exact("logistic uspop", logistic, list(c = 315, m = 1949, s = 40), pop)
p <- coef(fit)
limit <- deviance(fit) * (1 + qt(0.975, 16)^2 / 16)
inner <- deriv(~ c / (1 + exp((m - t) / s)), c("m", "s"), c("c", "m", "s", "t"))
excess <- function(c) {
  data <- transform(pop, c = c)
  deviance(nls(y ~ inner(c, m, s, t), data, start = list(m = p[[2]], s = p[[3]]), control = nls.control(tol = 1e-6))) - limit
}
cat("profile interval of the ceiling, uspop, 95%:\n", sprintf("%.12g", c(
  uniroot(excess, c(240, 300), tol = 1e-10)$root, uniroot(excess, c(350, 500), tol = 1e-10)$root)), "\n")
gr <- attr(deriv(logistic, names(p), c(names(p), "t"))(p[[1]], p[[2]], p[[3]], c(1980, 2000)), "gradient")
cat("forecasts 1980, 2000:", sprintf("%.15g", p[[1]] / (1 + exp((p[[2]] - c(1980, 2000)) / p[[3]]))),
  "\n se:", sprintf("%.13g", sqrt(diag(gr %*% vcov(fit) %*% t(gr)))), "\n")

# Prints the reference numbers of GrowthCurveTests: R's nls with its self-starting models where it has
# one (refitted from where they end, to a convergence of 1e-6, about 9 digits of rss), from stated starts otherwise. Data: R's datasets Orange, DNase, ChickWeight, uspop.
options(digits = 15)
cat(R.version.string, "\n")
tight <- nls.control(maxiter = 500, tol = 1e-6, minFactor = 1e-12)
again <- function(formula, data) { # the self-start's own iteration does not bear a tight tolerance
  first <- nls(formula, data)
  nls(formula, data, start = as.list(coef(first)), control = tight)
}
show <- function(name, fit) {
  s <- summary(fit)
  cat(name, "\n estimate:", format(coef(fit), digits = 15), "\n se:",
    format(s$coefficients[, 2], digits = 10), "\n rss:", format(deviance(fit), digits = 13), "\n")
}
dnase <- data.frame(x = log(DNase$conc[DNase$Run == 1]), y = DNase$density[DNase$Run == 1])
cat("DNase x:", format(dnase$x, digits = 17), "\n")
cat("DNase y:", dnase$y, "\n")
show("logistic Orange", again(circumference ~ SSlogis(age, Asym, xmid, scal), Orange))
show("logistic DNase", again(y ~ SSlogis(x, Asym, xmid, scal), dnase))
show("logistic4 DNase (A = floor, B = ceiling)", again(y ~ SSfpl(x, A, B, xmid, scal), dnase))
show("gompertz DNase (b2 = exp(rate midpoint), b3 = exp(-rate))",
  again(y ~ SSgompertz(x, Asym, b2, b3), dnase))
show("gompertz DNase, our parameters",
  nls(y ~ c * exp(-exp(-r * (x - m))), dnase, start = list(c = 4.6, m = 0.8, r = 0.34), control = tight))
show("richards DNase",
  nls(y ~ c * (1 + s * exp(-r * (x - m)))^(-1 / s), dnase,
    start = list(c = 2.345, m = 1.483, r = 0.96, s = 1), control = tight))
show("weibull DNase, in conc",
  nls(y ~ c * (1 - exp(-(exp(x) / s)^k)), dnase, start = list(c = 2, s = 5, k = 0.8), control = tight))
show("bass Orange",
  nls(circumference ~ c * (1 - exp(-(p + q) * age)) / (1 + q / p * exp(-(p + q) * age)), Orange,
    start = list(c = 190, p = 0.0008, q = 0.001), algorithm = "port", lower = c(1, 1e-8, 0), control = nls.control(maxiter = 500)))
pop <- data.frame(year = as.numeric(time(uspop)), y = as.numeric(uspop))
fit <- again(y ~ SSlogis(year, Asym, xmid, scal), pop)
show("logistic uspop", fit)
show("logistic uspop, ceiling 500",
  nls(y ~ 500 / (1 + exp((m - year) / s)), pop, start = list(m = 1980, s = 33), control = tight))
cat("profile interval of the ceiling, uspop, 95%:\n")
print(suppressMessages(confint(fit, "Asym")), digits = 10) # by splines; exactly:
excess <- function(c) {
  inner <- nls(y ~ c / (1 + exp((m - year) / s)), pop, start = list(m = coef(fit)[[2]], s = coef(fit)[[3]]), control = tight)
  deviance(inner) - deviance(fit) * (1 + qt(0.975, 16)^2 / 16)
}
cat(format(c(uniroot(excess, c(240, 300), tol = 1e-10)$root, uniroot(excess, c(350, 500), tol = 1e-10)$root), digits = 12), "\n")
at <- data.frame(year = c(1980, 2000))
p <- coef(fit)
gr <- attr(with(list(Asym = p[1], xmid = p[2], scal = p[3]), SSlogis(at$year, Asym, xmid, scal)), "gradient")
cat("forecast:", format(predict(fit, at), digits = 15), "\n se:", format(sqrt(diag(gr %*% vcov(fit) %*% t(gr))), digits = 10), "\n")
chick <- subset(ChickWeight, Chick == 1)
show("logistic Chick 1", again(weight ~ SSlogis(Time, Asym, xmid, scal), chick))
cat("Chick 1:", chick$weight, "\n")

# Writes admissible.csv: whether gains are admissible in R 4.2.2, forecast 8.20 (not exported; roots of the polynomial).
# Its slope enters a forecast undamped, so that its beta is phi times the beta of ETS(.,Ad,.) as written in the book's tables.
suppressPackageStartupMessages(library(forecast))
set.seed(5)
rows <- lapply(1:240, function(i) {
  m <- c(1, 4, 12)[i %% 3 + 1]
  damped <- i %% 2 == 0
  phi <- if (damped) round(runif(1, 0.8, 0.98), 3) else 1
  alpha <- round(runif(1, -0.2, if (m == 1) 2.2 else 1.2), 3)
  beta <- round(runif(1, -0.1, 0.6), 3)
  gamma <- if (m == 1) NULL else round(runif(1, -0.1, 1.2), 3)
  inside <- forecast:::admissible(alpha, phi * beta, gamma, phi, m)
  data.frame(m = m, alpha = alpha, beta = beta, gamma = if (is.null(gamma)) 0 else gamma, phi = phi,
             damped = as.integer(damped), admissible = as.integer(inside))
})
write.csv(do.call(rbind, rows), "admissible.csv", row.names = FALSE, quote = FALSE)

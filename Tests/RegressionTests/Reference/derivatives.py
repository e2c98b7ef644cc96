"""Prints the reference numbers of ExpressionTests: values and derivatives at b1 = 1.25, b2 = 0.5, x = 3 (mpmath 1.3.0)."""
from mpmath import mp, mpf, diff, exp, log, log10, sqrt, sin, cos, tan, atan, tanh, pi
mp.dps=40
cases=[("b1*exp(-b2*x)",lambda a,b,x:a*exp(-b*x)),
("b1*x**b2",lambda a,b,x:a*x**b),
("-x**2*b1/(1+b2^2)",lambda a,b,x:-x**2*a/(1+b**2)),
("b1**-2 + (b2+x)**(-1/b1)",lambda a,b,x:a**-2+(b+x)**(-1/a)),
("arctan(b1*x)/pi - log(b2+x)*sqrt(b1)",lambda a,b,x:atan(a*x)/pi-log(b+x)*sqrt(a)),
("sin(2*pi*x/b1)*cos(b2*x) + tan(b1*b2/9)",lambda a,b,x:sin(2*pi*x/a)*cos(b*x)+tan(a*b/9)),
("tanh(b1-x)*log10(b2*x) - +b1--b2",lambda a,b,x:tanh(a-x)*log10(b*x)-a+b),
("2^b1^b2 / x",lambda a,b,x:mpf(2)**(a**b)/x)]
a,b,x=mpf('1.25'),mpf('0.5'),mpf('3')
for t,f in cases:
    print('    ("%s", %s, %s, %s),'%(t,*[mp.nstr(v,17) for v in (f(a,b,x),diff(lambda u:f(u,b,x),a),diff(lambda u:f(a,u,x),b))]))

#!/usr/bin/env python3
"""Panels of made-up kinds that taught nothing: are the answers sane? (standard library only)

usage: unfamiliar.py VEDICH OUTDIR

Prints every probability outside (0, 1) and every harder target that is likelier, then for each unit the probability that it keeps its value for
a step and that it reaches ten times the largest value.
"""
import csv, os, random, subprocess, sys

vedich, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
os.makedirs(folder, exist_ok=True)
os.chdir(folder)
random.seed(1)
S=[8,5,2,-3,-6,-8,-7,-4,0,3,4,6]
n=lambda:random.random()-.5
nan=None
K={'lower':(100,'down','M',[[60-1.2*i+2*n() for i in range(30)] for u in range(6)],[1,3,12]),
'counts':('', 'up','M',[[round(1e6*u*(1+.05*i)*(1+.02*i)) for i in range(36)] for u in range(1,6)],[1,3,12]),
'years':(100,'up','Y',[[20+4*i+n() for i in range(3+2*u)] for u in range(3)],[1,3,8]),
'season':(100,'up','M',[[50+S[i%12]+.1*i+2*n() for i in range(48)] for u in range(4)],[1,3,12]),
'one':(100,'up','M',[[30+i+n() for i in range(24)]],[1,12,240]),
'short':(100,'up','M',[[40+2*i for i in range(2+u)] for u in range(4)],[1,3,12]),
'gaps':('','up','M',[[100+3*i if (n()>.05 or i<2 or i==39) else nan for i in range(40)] for u in range(4)],[1,3,12]),
'bound':(100,'up','M',[[min(70+2*i,100) for i in range(30)],[min(40+i,100) for i in range(30)]],[1,3,12]),
'zero':('','up','M',[[0]*24,[max(i-20,0) for i in range(24)]],[1,3,12]),
'ytd':('','up','M',[[(i%12+1)*(10+u) for i in range(42)] for u in range(3)],[1,3,12])}
H=[];D=[];C=[]
per=lambda s,f: str(2010+s) if f=='Y' else '%04d-%02d'%(2020+s//12,s%12+1)
for k,(up,d,f,U,hs) in K.items():
    end=max(len(u) for u in U)-1; big=max(max(v for u in U for v in u if v is not None),1)
    for i,u in enumerate(U):
        sid=f'{k}.{i}'; D.append([sid,k,'',f,up,d])
        for s,v in enumerate(u):
            if v is not None: H.append([sid,per(s,f),v])
        last=[v for v in u if v is not None][-1]; top=up or 12*big
        T=sorted([top*j/40 for j in range(1,41)]+[last,last+1e-6]) if up else sorted([round(top*j/40) for j in range(1,41)]+[last])
        for h in hs:
            for c in ('>=','<='):
                for j,t in enumerate(T): C.append([f'{sid}/{h}/{c}/{j:02d}',sid,per(end,f),t,per(end+h,f),c])
        C.append([f'{sid}/1/stay/0',sid,per(end,f),last,per(end+1,f),'>=']); C.append([f'{sid}/1/far/0',sid,per(end,f),10*big,per(end+1,f),'>='])
def w(n,h,r):
    o=csv.writer(open(n,'w',newline='')); o.writerow(h); o.writerows(r)
w('history.csv',['series_id','period','value'],H); w('series.csv',['series_id','panel','indicator','freq','upper','direction'],D); w('cases.csv',['case_id','series_id','cutoff','target','target_period','comparator'],C)
print(subprocess.run([vedich,'replay','--history','history.csv','--cases','cases.csv','--output','out.csv'],stderr=subprocess.PIPE,text=True).stderr[:300])
P={r['case_id']:float(r['probability']) for r in csv.DictReader(open('out.csv'))}
bad=0
for a in C:
    p=P.get(a[0])
    if p is None or not 0<p<1: print('bounds',a,p); bad+=1
import itertools
for g,m in itertools.groupby(C,lambda a:a[0].rsplit('/',1)[0]):
    m=[P[a[0]] for a in m]; s=-1 if '>=' in g else 1
    if '/stay' in g or '/far' in g: continue
    for x,y in zip(m,m[1:]):
        if s*(y-x)<-1e-6: print('mono',g,x,y); break
for k,v in K.items():
    for i,u in enumerate(v[3]): 
        x=[q for q in u if q is not None]; nf=all(a<=b for a,b in zip(x,x[1:]))
        print(k,i,'never falls' if nf else '','stay %.3f'%P[f'{k}.{i}/1/stay/0'],'far %.4f'%P[f'{k}.{i}/1/far/0'])

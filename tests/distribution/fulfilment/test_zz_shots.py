import os
from datetime import timedelta, date
from django.conf import settings
from django.test import Client
from tests.factories.orgs import *
from tests.factories.distribution_stock import *
from tests.factories.resources import make_entry
from lianxue.accounts.models import Person
from lianxue.orgs.public import Role, load_divisions, Division
from lianxue.distribution.enums import *
from lianxue.distribution.models import *
from lianxue.distribution.operations.lend import lend
from lianxue.distribution.operations.issue import issue
from lianxue.distribution.operations.receive import LotCount, receive
from lianxue.distribution.operations.dispatch import dispatch
from lianxue.distribution.operations.corner import set_up_corner, add_display_photo
from lianxue.distribution.operations.save_effect_report import save_effect_report
from lianxue.distribution.operations.submit_effect_report import *
from lianxue.kernel import clock
from io import BytesIO
from PIL import Image
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.browser import axe_faults, too_wide
from urllib.parse import quote
def pic(c):
    b=BytesIO(); Image.new("RGB",(1200,900),c).save(b,"JPEG"); return SimpleUploadedFile("c.jpg",b.getvalue(),"image/jpeg")
def cookie(a):
    c=Client(); c.force_login(Person.objects.get(pk=a.person_id)); return c.cookies[settings.SESSION_COOKIE_NAME].value
def test_shots(site, visit):
    n=small_network()
    load_divisions(actor=PLATFORM,at=AT,provinces=frozenset({"31"}))
    names=["黄浦区","静安区","徐汇区","浦东新区","嘉定区","青浦区"]
    for i,p in enumerate(n.points):
        p.division=Division.objects.filter(parent__name=names[i]).first(); p.save()
    titles={"智能手机入门：跟着视频学微信与出行":12,"书法入门":6,"上海弄堂口述史":4,"八段锦教学光盘":3,"防诈骗手册":1}
    ents=[make_entry(t, kind="disc" if "光盘" in t else "book") for t in titles]
    now=clock.now()
    old=delivered_round(n,titles,points=n.points,entries=ents,at=now-timedelta(days=60))
    new=packed_round(n,{"旗袍制作":5,"家庭园艺":8},points=n.points,at=now)
    new.round.name="2026年秋季配送"; new.round.receive_until=clock.today()-timedelta(days=2); new.round.save()
    old.round.name="2026年春季配送"; old.round.save()
    for s in new.shipments[:5]: dispatch(actor=n.supplier_clerk,at=now-timedelta(days=6),shipment=s,carrier_note="顺丰 SF1029384756")
    s1=new.shipments[1]; ls=list(s1.lines.order_by("pk"))
    receive(actor=n.actor(s1.point),at=now,shipment=s1,counts=[LotCount(ls[0].pk,3,1,1),LotCount(ls[1].pk,8)],note="外箱受潮")
    receive(actor=n.actor(n.points[3]),at=now,shipment=new.shipments[3])
    pt=n.points[0]; adm=n.actor(pt)
    Person.objects.filter(pk=adm.person_id).update(full_name="王芳")
    set_up_corner(actor=adm,at=now,point=pt,location="二楼阅览室东侧书架",sign_posted_on=date(2026,3,1))
    for c in ("teal","olive","peru"): add_display_photo(actor=adm,at=now,point=pt,upload=pic(c),receipt=old.shipments[0].receipt,caption="新书上架")
    who="王小明 李桂英 张建国 陈美华 周志强 吴秀兰 郑国平".split()
    loans=[]
    for i,w in enumerate(who):
        l=lend(actor=adm,at=now,point=pt,entry=ents[i%3],borrower_name=w,borrower_phone="1381234567%d"%i,quantity=1,lent_on=clock.today()-timedelta(days=50-i*6),due_on=clock.today()-timedelta(days=20-i*6) if i!=3 else None)
        loans.append(l)
    from lianxue.distribution.operations.return_loan import return_loan
    return_loan(actor=adm,at=now,loan=loans[1])
    for w in ("李老师","赵学员"): iss=issue(actor=adm,at=now,point=pt,entry=ents[0],recipient_name=w,audience="teacher" if "师" in w else "learner",quantity=2,issued_on=clock.today()-timedelta(days=9))
    T={"recipients":"本校书法班、智能手机班学员共86人，教师5人。","forms":"课程教学、借阅、读书会。","effects":"学员反响热烈。","suggestions":"希望多配送健康养生类资源。"}
    y=clock.today().year
    r=save_effect_report(actor=adm,at=now,point=pt,year=y,version=0,texts=T)
    p2=n.points[1]; r2=save_effect_report(actor=n.actor(p2),at=now,point=p2,year=y,version=0,texts=T)
    r2=submit_effect_report(actor=n.actor(p2),at=now,report=r2,version=1)
    C={"P":cookie(adm),"S":cookie(n.supplier_clerk),"C":cookie(n.actor(n.colleges[0])),"O":cookie(n.office_admin),"N":cookie(n.actor(p2))}
    lot=old.lot
    pages=[("list-S","S","/shipments/"),("list-P","P","/shipments/"),("list-O","O","/shipments/"),("ship-S","S",f"/shipments/{new.shipments[5].pk}/"),("ship-P","P",f"/shipments/{new.shipments[0].pk}/"),("ship-N","N",f"/shipments/{s1.pk}/"),("receive","P",f"/shipments/{new.shipments[0].pk}/receive/"),("corner","P","/corner/"),("setup","N","/corner/"),("photo","P","/corner/photos/add/"),("photos","C","/photos/"),("desk","P","/desk/"),("desk-q","P","/desk/?q="+quote("书")),("desk-lend","P",f"/desk/?title={ents[0].pk}"),("desk-issue","P",f"/desk/?title={ents[0].pk}&do=issue"),("desk-last","P",f"/desk/?title={ents[4].pk}"),("loan","P",f"/loans/{loans[0].pk}/"),("issue","P",f"/issues/{iss.pk}/"),("terms","P","/desk/terms/"),("reg-loans","P","/registers/loans/"),("reg-issues","C","/registers/issues/"),("stock-P","P","/stock/"),("stock-O","O","/stock/"),("title","P",f"/stock/{pt.pk}/{ents[0].pk}/"),("trace","P",f"/trace/{lot.pk}/"),("reports-P","P","/reports/"),("reports-C","C","/reports/"),("write","P",f"/reports/write/{y}/"),("report","C",f"/reports/{r2.pk}/"),("home-P","P","/"),("home-S","S","/"),("home-C","C","/"),("home-O","O","/")]
    which=os.environ.get("SHOTS","").split(",") if os.environ.get("SHOTS") else None
    sizes=[(1280,"normal"),(360,"normal"),(1280,"largest"),(360,"largest")]
    if os.environ.get("FEW"): sizes=[(1280,"normal"),(360,"largest")]
    out=[]
    for name,ck,url in pages:
        if which and name not in which: continue
        for width,size in sizes:
            page=visit("/accounts/login/",width=width,text_size=size)
            page.context.add_cookies([{"name":settings.SESSION_COOKIE_NAME,"value":C[ck],"url":site.url}])
            page.goto(url); page.wait_for_timeout(300)
            page.screenshot(path=f"/tmp/fshots/{name}-{width}-{size}.png",full_page=True)
            a=axe_faults(page); w=too_wide(page)
            if a or w: out.append(f"{name} {width} {size} AXE {a} WIDE {w[:3]}")
            page.context.close()
    open("/tmp/fshots/faults.txt","w").write("\n".join(out))

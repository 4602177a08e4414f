import { openStore, emptyLog } from '/work/main/main/store/store.ts';
import { migrate } from '/work/main/main/store/migrate.ts';
import { MIGRATIONS } from '/work/main/main/store/migrations/index.ts';
import { decryptedBytes } from '/work/main/main/testing/decrypted-pages.ts';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
function run(seed:number, rows:number, lo:number, hi:number, delRate:number, order:string){
const dir = mkdtempSync('/tmp/exp-');
const key = randomBytes(32);
const store = openStore(dir+'/a.db','open',key,true);
migrate(store,key,MIGRATIONS);
const db = store.database;
db.prepare("INSERT INTO room_setting VALUES ('ceiling','hemlig')").run();
db.prepare("INSERT INTO room_user VALUES ('u','u','person','k','t',null)").run();
db.prepare("INSERT INTO incident VALUES ('I','x',0,'draft','t','u',0)").run();
let state=seed; const random=(n:number)=> (state=(state*1103515245+12345)%2**31)%n;
const ins=db.prepare("INSERT INTO item_revision VALUES ('I','log',?,1,?,'oppen','[]','created',null,null,'t','u')");
const live:string[][]=[]; const dead:string[]=[];
for(let r=0;r<rows;r++){
  const c='KANARIE'+String(r).padStart(6,'0');
  const k= order==='rand'? String(random(1e9)).padStart(10,'0')+r : String(r).padStart(8,'0');
  const text='x'.repeat(lo+random(hi-lo))+c+'y'.repeat(random(100));
  ins.run(k,JSON.stringify({text})); live.push([c,k]);
  if(random(100)<delRate){ const [d]=live.splice(random(live.length),1); db.prepare("DELETE FROM item_revision WHERE incident_id='I' AND kind='log' AND key=?").run(d![1]); dead.push(d![0]!);}
}
emptyLog(store);
const b=decryptedBytes(dir+'/a.db',key).toString('latin1');
const res=dead.filter(x=>b.includes(x)).length;
db.close(); rmSync(dir,{recursive:true});
return [res,dead.length];
}
for (const [lo,hi] of [[0,300],[200,800],[500,1000],[700,1300],[900,1100],[0,2500],[0,6000],[3000,5000],[0,12000]] as const) for (const del of [20,45]) {
  const t=Date.now(); const r=[1,2,3].map(s=>run(s,800,lo,hi,del,'rand')); console.log(lo,hi,del,JSON.stringify(r),Date.now()-t);
}

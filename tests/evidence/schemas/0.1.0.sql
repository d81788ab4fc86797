PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO _sqlite_migrations VALUES(1,'cpsscrape','m001_evidence','2026-11-23 01:25:22.255347+00:00');
INSERT INTO _sqlite_migrations VALUES(2,'cpsscrape','m002_documents','2026-11-23 01:25:22.271676+00:00');
INSERT INTO _sqlite_migrations VALUES(3,'cpsscrape','m003_search','2026-11-23 01:25:22.298029+00:00');
INSERT INTO _sqlite_migrations VALUES(4,'cpsscrape','m004_views','2026-11-23 01:25:22.313181+00:00');
CREATE TABLE runs (
  id integer primary key,
  spider text not null,
  arguments text not null,
  started_at text not null,
  finished_at text,
  finish_reason text,
  healthy integer,
  problems text,
  stats text,
  version text not null,
  resumes integer references runs(id)
) strict;
INSERT INTO runs VALUES(1,'news','{"areas": [11], "full": false, "limit": 3, "since": null, "site": "http://127.0.0.1:8000", "until": null}','2026-11-23T01:25:25Z','2026-11-23T01:25:29Z','finished',1,'[]','{"cps/agreement/780f156abd33": 300, "cps/capture/bytes": 23620, "cps/capture/response": 5, "cps/fingerprint/780f156abd33": 3, "cps/health/listed": 7, "cps/layout/C": 3, "cps/listing/changed": 0, "cps/listing/nameless": 0, "cps/listing/new": 7, "cps/listing/pages": 1, "cps/listing/refused": 0, "cps/listing/teasers": 7, "cps/read/characters": 2453, "cps/read/fields": 15, "cps/read/pages": 3, "cps/read/quotes": 6, "cps/store/new": 3, "downloader/request_bytes": 1418, "downloader/request_count": 5, "downloader/request_method_count/GET": 5, "downloader/response_bytes": 24283, "downloader/response_count": 5, "downloader/response_status_count/200": 5, "elapsed_time_seconds": 4.0018833609992726, "finish_reason": "finished", "finish_time": "2026-11-23 01:25:29.517039+00:00", "item_scraped_count": 3, "log_count/INFO": 1, "memusage/max": 95326208, "memusage/startup": 95326208, "response_received_count": 5, "robotstxt/request_count": 1, "robotstxt/response_count": 1, "robotstxt/response_status_count/200": 1, "scheduler/dequeued": 4, "scheduler/dequeued/memory": 4, "scheduler/enqueued": 4, "scheduler/enqueued/memory": 4, "start_time": "2026-11-23 01:25:25.515153+00:00"}','0.1.0',NULL);
CREATE TABLE captures (
  id integer primary key,
  run_id integer references runs(id),
  url text not null,
  fetched_at text not null,
  status integer not null,
  mime_type text,
  payload_digest text not null,
  warc_file text,
  warc_offset integer,
  warc_length integer,
  source text not null,
  etag text,
  last_modified text
) strict;
INSERT INTO captures VALUES(1,1,'http://127.0.0.1:8000/robots.txt','2026-11-23T01:25:25Z',200,'text/plain','sha256:CI7GJTRXF5JV3J4ZY3OXIUZK26LDNL65DUSBT337D6YVWHBASSWQ====','cps-20261123012525-000001-00001.warc.gz',606,471,'live','"123e64ce372f535da799"',NULL);
INSERT INTO captures VALUES(2,1,'http://127.0.0.1:8000/news?area=11','2026-11-23T01:25:25Z',200,'text/html','sha256:MWMPMG6CKULL2SIZA2S5CKPWRGWBQ7QVDO3KG3Y6ZIXJFRV53C6Q====','cps-20261123012525-000001-00001.warc.gz',1603,2949,'live',NULL,NULL);
INSERT INTO captures VALUES(3,1,'http://127.0.0.1:8000/south-east-wessex-thames-and-chiltern/news/smugglers-who-used-racing-yachts-jailed','2026-11-23T01:25:26Z',200,'text/html','sha256:CRIDTZW2YLAZKEDUXLMTVCIEFHSHSC5PPY3SBCBHRYZFD55YH6DA====','cps-20261123012525-000001-00001.warc.gz',5077,2846,'live','"145039e6dac2c1951074"','Thu, 18 Jun 2026 09:00:00 GMT');
INSERT INTO captures VALUES(4,1,'http://127.0.0.1:8000/wessex/news/boat-owner-who-left-crew-at-sea-sentenced','2026-11-23T01:25:26Z',200,'text/html','sha256:AM4OPUI4IV2RT27LKEYBAGOQHUTUK5H2PLON5H4AJ5VW343XRPPQ====','cps-20261123012525-000001-00001.warc.gz',8504,2247,'live','"0338e7d11c457519ebeb"','Fri, 02 Oct 2026 09:00:00 GMT');
INSERT INTO captures VALUES(5,1,'http://127.0.0.1:8000/wessex/news/four-charged-over-death-of-apprentice-at-boatyard','2026-11-23T01:25:26Z',200,'text/html','sha256:EEY366D4CG6HOSJLPISOLITIVL33LXFMWQFF2RJJZFOHT3RZ2CSQ====','cps-20261123012525-000001-00001.warc.gz',11309,2563,'live','"2131bf787c11bc77492b"','Mon, 05 Oct 2026 09:00:00 GMT');
CREATE TABLE listings (
  run_id integer not null references runs(id),
  url text not null,
  label text,
  expected integer,
  seen integer not null,
  complete integer not null,
  pages integer not null default 0,
  new integer not null default 0,
  reason text,
  primary key (run_id, url)
) strict, without rowid;
INSERT INTO listings VALUES(1,'http://127.0.0.1:8000/news?area=11','area "Wessex"',7,7,1,1,7,NULL);
CREATE TABLE teasers (
  listing text not null,
  url text not null,
  title text,
  date text,
  text text,
  content_type text,
  topics text not null,
  areas text not null,
  digest text not null,
  first_seen_at text not null,
  last_seen_at text not null,
  primary key (listing, url)
) strict, without rowid;
INSERT INTO teasers VALUES('http://127.0.0.1:8000/news?area=11','http://127.0.0.1:8000/south-east-wessex-thames-and-chiltern/news/smugglers-who-used-racing-yachts-jailed','Smugglers who used racing yachts jailed for 61 years','18 June 2026','Half a tonne of cocaine was sailed to Saltmarsh Haven among the competitors of a regatta.','Press Release','["International and organised crime", "Proceeds of crime"]','["South East", "Wessex", "Thames and Chiltern"]','adef3fc4212f4f6711e2d0d97b075fb8','2026-11-23T01:25:25Z','2026-11-23T01:25:25Z');
INSERT INTO teasers VALUES('http://127.0.0.1:8000/news?area=11','http://127.0.0.1:8000/wessex/news/boat-owner-who-left-crew-at-sea-sentenced','Boat owner who left his crew at sea sentenced','02 October 2026','Two deckhands spent eleven hours on a sandbank after a quarrel about wages.','Press Release','["Violent crime"]','["Wessex"]','6a08378231c37612e2f52a6deab83ebd','2026-11-23T01:25:25Z','2026-11-23T01:25:25Z');
INSERT INTO teasers VALUES('http://127.0.0.1:8000/news?area=11','http://127.0.0.1:8000/wessex/news/four-charged-over-death-of-apprentice-at-boatyard','Four charged over death of apprentice at boatyard','08 September 2026','Charges have been authorised after a three-year investigation.','Press Release','["Violent crime"]','["Wessex"]','c94f737a00859f8649f5c99d73ef1d8e','2026-11-23T01:25:25Z','2026-11-23T01:25:25Z');
INSERT INTO teasers VALUES('http://127.0.0.1:8000/news?area=11','http://127.0.0.1:8000/wessex/news/man-who-organised-disorder-in-marlinghurst-sentenced','Man who organised disorder in Marlinghurst sentenced','27 August 2026','Craig Hollowell used three accounts to call people to the town hall square.','Press Release','["Violent crime"]','["CPS", "Wessex"]','a135a3685b2b97d0c7c62df921bed979','2026-11-23T01:25:25Z','2026-11-23T01:25:25Z');
INSERT INTO teasers VALUES('http://127.0.0.1:8000/news?area=11','http://127.0.0.1:8000/wessex/news/new-approach-helps-more-victims-to-see-their-case-through','New approach helps more victims to see their case through','11 December 2025','Since one team began to follow each case from the first call, withdrawals have fallen by a third.','News Item','["Domestic abuse"]','["Wessex"]','5aaf44db400d30d2741130bd97180c28','2026-11-23T01:25:25Z','2026-11-23T01:25:25Z');
INSERT INTO teasers VALUES('http://127.0.0.1:8000/news?area=11','http://127.0.0.1:8000/wessex/news/swimming-club-treasurer-admits-taking-pool-fund','UPDATED WITH SENTENCE: Swimming club treasurer admits taking pool fund','05 March 2026','The children had raised the money with sponsored lengths.','Press Release','["Fraud and economic crime"]','["Wessex"]','7fbf386a21ed57a9b47f16aede827bb8','2026-11-23T01:25:25Z','2026-11-23T01:25:25Z');
INSERT INTO teasers VALUES('http://127.0.0.1:8000/news?area=11','http://127.0.0.1:8000/wessex/news/two-men-jailed-for-armed-raid-on-ferrowby-post-office','UPDATED WITH SENTENCE: Two men jailed for armed raid on Ferrowby post office','15 August 2024','Callum Brightwater and Dean Ossett threatened the sub-postmaster with a replica pistol before escaping with £4,200.','Press Release','["Violent crime"]','["Wessex"]','bab52b567546dc3d232e57765033efb1','2026-11-23T01:25:25Z','2026-11-23T01:25:25Z');
CREATE TABLE frontier (
  url text primary key,
  kind text not null check (kind in ('listing', 'article')),
  state text not null check (state in ('pending', 'done', 'gone', 'refused', 'failed')),
  attempts integer not null default 0,
  reason text,
  discovered_at text not null,
  due_at text,
  run_id integer references runs(id)
) strict, without rowid;
INSERT INTO frontier VALUES('http://127.0.0.1:8000/news?area=11','listing','done',1,NULL,'2026-11-23T01:25:26Z',NULL,1);
INSERT INTO frontier VALUES('http://127.0.0.1:8000/south-east-wessex-thames-and-chiltern/news/smugglers-who-used-racing-yachts-jailed','article','done',1,NULL,'2026-11-23T01:25:25Z','2026-11-29T08:37:26Z',1);
INSERT INTO frontier VALUES('http://127.0.0.1:8000/wessex/news/boat-owner-who-left-crew-at-sea-sentenced','article','done',1,NULL,'2026-11-23T01:25:25Z','2026-11-29T08:37:26Z',1);
INSERT INTO frontier VALUES('http://127.0.0.1:8000/wessex/news/four-charged-over-death-of-apprentice-at-boatyard','article','done',1,NULL,'2026-11-23T01:25:25Z','2026-11-29T08:37:26Z',1);
INSERT INTO frontier VALUES('http://127.0.0.1:8000/wessex/news/man-who-organised-disorder-in-marlinghurst-sentenced','article','pending',0,'limit','2026-11-23T01:25:25Z',NULL,1);
INSERT INTO frontier VALUES('http://127.0.0.1:8000/wessex/news/new-approach-helps-more-victims-to-see-their-case-through','article','pending',0,'limit','2026-11-23T01:25:25Z',NULL,1);
INSERT INTO frontier VALUES('http://127.0.0.1:8000/wessex/news/swimming-club-treasurer-admits-taking-pool-fund','article','pending',0,'limit','2026-11-23T01:25:25Z',NULL,1);
INSERT INTO frontier VALUES('http://127.0.0.1:8000/wessex/news/two-men-jailed-for-armed-raid-on-ferrowby-post-office','article','pending',0,'limit','2026-11-23T01:25:25Z',NULL,1);
CREATE TABLE withdrawals (
  url text primary key,
  node_id integer,
  withdrawn_at text not null,
  reason text not null
) strict, without rowid;
CREATE TABLE layouts (
  fingerprint text primary key,
  layout text not null,
  first_seen_at text not null,
  url text not null
) strict, without rowid;
INSERT INTO layouts VALUES('780f156abd33','C','2026-11-23T01:25:26Z','http://127.0.0.1:8000/south-east-wessex-thames-and-chiltern/news/smugglers-who-used-racing-yachts-jailed');
CREATE TABLE corrections (
  key text not null,
  field text not null,
  value text,
  why text,
  primary key (key, field)
) strict, without rowid;
CREATE TABLE archive (
  name text primary key,
  value text
) strict, without rowid;
INSERT INTO archive VALUES('site','http://127.0.0.1:8000');
CREATE TABLE articles (
  id integer primary key,
  node_id integer unique,
  url text not null unique,
  headline text not null,
  update_label text,
  teaser text,
  content_type text,
  published_on text,
  published_on_source text check (published_on_source in ('teaser', 'page', 'metadata', 'prose')),
  updated_on text,
  language text not null check (language in ('en', 'cy')),
  body text not null,
  notes_to_editors text,
  word_count integer not null,
  layout text not null,
  fingerprint text,
  agreement real,
  reading_digest text not null,
  first_seen_at text not null,
  last_seen_at text not null,
  gone_at text,
  capture_id integer not null references captures(id),
  version integer not null
) strict;
INSERT INTO articles VALUES(1,29102,'http://127.0.0.1:8000/south-east-wessex-thames-and-chiltern/news/smugglers-who-used-racing-yachts-jailed','Smugglers who used racing yachts jailed for 61 years',NULL,'Half a tonne of cocaine was sailed to Saltmarsh Haven among the competitors of a regatta.','Press Release','2026-06-18','teaser',NULL,'en',replace('Five members of a gang that hid cocaine in the keels of racing yachts have been jailed for a total of 61 years.\n\nThey entered three boats for the Saltmarsh Haven regatta in August 2024, and finished last in every race. It was, an experienced steward told the jury, “as if they were carrying half a tonne of something”. They were.\n\nThe steward’s remark led officers of the Westmarsh Police Marine Unit to weigh the boats.\n\nChief Crown Prosecutor Auberon Tilney from Crown Prosecution Service South East said: “This was a sophisticated plan undone by people who love sailing.\n\n“Each of the defendants blamed another. The evidence of 9,000 messages, in which they called the drug ‘the ballast’ and the customs service ‘the jury’, left no room for doubt.”\n\nDetective Chief Inspector Rosalind Keane, of the South Coast Organised Crime Unit, said: “Half a tonne of cocaine did not reach the streets that week. I have worked in this field for 22 years, and I know what that means to a town.”\n\nMs Keane thanked the regatta’s committee, who had kept the boats on the slipway for four hours by finding fault with their paperwork.','\n',char(10)),replace('Stellan Corrigan [date of birth removed] was jailed for 18 years.\n\nDorian Pashley [date of birth removed] was jailed for 15 years.\n\nQuentin Abelard [date of birth removed] was jailed for 12 years.\n\nMaurice Tench [date of birth removed] and Kit Lorimer [date of birth removed] were each jailed for eight years.\n\nAll were convicted of conspiracy to import class A drugs at Marlinghurst Crown Court.','\n',char(10)),195,'C','780f156abd33',1.0,'b7c9bbdea7106783330cfc60958cd4db','2026-11-23T01:25:26Z','2026-11-23T01:25:26Z',NULL,3,1);
INSERT INTO articles VALUES(2,29735,'http://127.0.0.1:8000/wessex/news/boat-owner-who-left-crew-at-sea-sentenced','Boat owner who left his crew at sea sentenced',NULL,'Two deckhands spent eleven hours on a sandbank after a quarrel about wages.','Press Release','2026-10-02','teaser',NULL,'en',replace('A boat owner who put two of his crew off on a sandbank after a quarrel about wages has been given a sentence of 22 months, suspended for two years.\n\nSophie Lanyon-Reed, Senior Crown Prosecutor for CPS Wessex, said: “They had a bottle of water, a torch and the tide table. The tide table was the worst of it.”\n\nThe two men were found by the crew of the Saltmarsh Haven lifeboat, whose coxswain, Bram Jellicoe, said: “They’d been singing. That’s how we heard them.”','\n',char(10)),NULL,85,'C','780f156abd33',1.0,'8877bf09cd35c48252fb5a96d8cebb90','2026-11-23T01:25:26Z','2026-11-23T01:25:26Z',NULL,4,1);
INSERT INTO articles VALUES(3,29511,'http://127.0.0.1:8000/wessex/news/four-charged-over-death-of-apprentice-at-boatyard','Four charged over death of apprentice at boatyard',NULL,'Charges have been authorised after a three-year investigation.','Press Release','2026-09-08','teaser',NULL,'en',replace('The CPS has authorised charges against four people and a company following the death of an apprentice at a boatyard in Saltmarsh Haven in May 2023.\n\nFrances Amory, Chief Crown Prosecutor for CPS Wessex, said: “We have carefully reviewed a file of evidence from Westmarsh Police and the Health and Safety Executive about the death of a young man of 18 in his second week at work.\n\n“We have decided that three directors and one supervisor, and the company itself, should be charged.\n\n“Criminal proceedings are active and the defendants have the right to a fair trial. It is extremely important that there should be no reporting, commentary or sharing of information online that could in any way prejudice them.\n\n“We have met his parents to explain our decision, and our thoughts are with them.”\n\nThe defendants will appear before Marlinghurst magistrates on 8 October 2026.','\n',char(10)),'The function of the CPS is not to decide whether a person is guilty, but to make fair, independent and objective assessments of whether it is appropriate to present charges for a court to consider.',146,'C','780f156abd33',1.0,'3ef82ffe37697a3b62c0cdf35521918a','2026-11-23T01:25:26Z','2026-11-23T01:25:26Z',NULL,5,1);
CREATE TABLE article_urls (
  url text primary key,
  article_id integer not null references articles(id) on delete cascade
) strict, without rowid;
INSERT INTO article_urls VALUES('http://127.0.0.1:8000/node/29102',1);
INSERT INTO article_urls VALUES('http://127.0.0.1:8000/south-east-wessex-thames-and-chiltern/news/smugglers-who-used-racing-yachts-jailed',1);
INSERT INTO article_urls VALUES('http://127.0.0.1:8000/node/29735',2);
INSERT INTO article_urls VALUES('http://127.0.0.1:8000/wessex/news/boat-owner-who-left-crew-at-sea-sentenced',2);
INSERT INTO article_urls VALUES('http://127.0.0.1:8000/node/29511',3);
INSERT INTO article_urls VALUES('http://127.0.0.1:8000/wessex/news/four-charged-over-death-of-apprentice-at-boatyard',3);
CREATE TABLE absences (
  article_id integer not null references articles(id) on delete cascade,
  capture_id integer not null references captures(id),
  run_id integer,
  seen_at text not null,
  reason text not null,
  primary key (article_id, capture_id)
) strict, without rowid;
CREATE TABLE article_versions (
  id integer primary key,
  article_id integer not null references articles(id) on delete cascade,
  version integer not null,
  capture_id integer not null references captures(id),
  seen_at text not null,
  headline text not null,
  update_label text,
  teaser text,
  published_on text,
  updated_on text,
  topics text not null,
  areas text not null,
  links text not null,
  body text not null,
  notes_to_editors text,
  text_digest text not null,
  layout text not null,
  reader_version text not null,
  unique (article_id, version)
) strict;
INSERT INTO article_versions VALUES(1,1,1,3,'2026-11-23T01:25:26Z','Smugglers who used racing yachts jailed for 61 years',NULL,'Half a tonne of cocaine was sailed to Saltmarsh Haven among the competitors of a regatta.','2026-06-18',NULL,'["International and organised crime", "Proceeds of crime"]','["South East", "Thames and Chiltern", "Wessex"]','[]',replace('Five members of a gang that hid cocaine in the keels of racing yachts have been jailed for a total of 61 years.\n\nThey entered three boats for the Saltmarsh Haven regatta in August 2024, and finished last in every race. It was, an experienced steward told the jury, “as if they were carrying half a tonne of something”. They were.\n\nThe steward’s remark led officers of the Westmarsh Police Marine Unit to weigh the boats.\n\nChief Crown Prosecutor Auberon Tilney from Crown Prosecution Service South East said: “This was a sophisticated plan undone by people who love sailing.\n\n“Each of the defendants blamed another. The evidence of 9,000 messages, in which they called the drug ‘the ballast’ and the customs service ‘the jury’, left no room for doubt.”\n\nDetective Chief Inspector Rosalind Keane, of the South Coast Organised Crime Unit, said: “Half a tonne of cocaine did not reach the streets that week. I have worked in this field for 22 years, and I know what that means to a town.”\n\nMs Keane thanked the regatta’s committee, who had kept the boats on the slipway for four hours by finding fault with their paperwork.','\n',char(10)),replace('Stellan Corrigan [date of birth removed] was jailed for 18 years.\n\nDorian Pashley [date of birth removed] was jailed for 15 years.\n\nQuentin Abelard [date of birth removed] was jailed for 12 years.\n\nMaurice Tench [date of birth removed] and Kit Lorimer [date of birth removed] were each jailed for eight years.\n\nAll were convicted of conspiracy to import class A drugs at Marlinghurst Crown Court.','\n',char(10)),'sha256:f8d03302461d7dd3b9199f9b70c206f39d52e9ce8e4c4a1242c296ab8b318aac','C','1');
INSERT INTO article_versions VALUES(2,2,1,4,'2026-11-23T01:25:26Z','Boat owner who left his crew at sea sentenced',NULL,'Two deckhands spent eleven hours on a sandbank after a quarrel about wages.','2026-10-02',NULL,'["Violent crime"]','["Wessex"]','[]',replace('A boat owner who put two of his crew off on a sandbank after a quarrel about wages has been given a sentence of 22 months, suspended for two years.\n\nSophie Lanyon-Reed, Senior Crown Prosecutor for CPS Wessex, said: “They had a bottle of water, a torch and the tide table. The tide table was the worst of it.”\n\nThe two men were found by the crew of the Saltmarsh Haven lifeboat, whose coxswain, Bram Jellicoe, said: “They’d been singing. That’s how we heard them.”','\n',char(10)),NULL,'sha256:2836ac1b9a7d693250423e584b9e75beabbf243c4bc12233244db28ffdddf49d','C','1');
INSERT INTO article_versions VALUES(3,3,1,5,'2026-11-23T01:25:26Z','Four charged over death of apprentice at boatyard',NULL,'Charges have been authorised after a three-year investigation.','2026-09-08',NULL,'["Violent crime"]','["Wessex"]','[]',replace('The CPS has authorised charges against four people and a company following the death of an apprentice at a boatyard in Saltmarsh Haven in May 2023.\n\nFrances Amory, Chief Crown Prosecutor for CPS Wessex, said: “We have carefully reviewed a file of evidence from Westmarsh Police and the Health and Safety Executive about the death of a young man of 18 in his second week at work.\n\n“We have decided that three directors and one supervisor, and the company itself, should be charged.\n\n“Criminal proceedings are active and the defendants have the right to a fair trial. It is extremely important that there should be no reporting, commentary or sharing of information online that could in any way prejudice them.\n\n“We have met his parents to explain our decision, and our thoughts are with them.”\n\nThe defendants will appear before Marlinghurst magistrates on 8 October 2026.','\n',char(10)),'The function of the CPS is not to decide whether a person is guilty, but to make fair, independent and objective assessments of whether it is appropriate to present charges for a court to consider.','sha256:366b13792c056d92a468229b569437d2ef4d3c45ca67f451f3456d21166aa8e5','C','1');
CREATE TABLE blocks (
  article_id integer not null references articles(id) on delete cascade,
  position integer not null,
  kind text not null check (kind in ('paragraph', 'heading', 'list_item', 'table', 'caption', 'block_quote')),
  level integer,
  section text not null check (section in ('body', 'case_study', 'notes', 'further_reading')),
  text text not null,
  start integer,
  end integer,
  primary key (article_id, position)
) strict, without rowid;
INSERT INTO blocks VALUES(1,1,'paragraph',NULL,'body','Five members of a gang that hid cocaine in the keels of racing yachts have been jailed for a total of 61 years.',0,111);
INSERT INTO blocks VALUES(1,2,'paragraph',NULL,'body','They entered three boats for the Saltmarsh Haven regatta in August 2024, and finished last in every race. It was, an experienced steward told the jury, “as if they were carrying half a tonne of something”. They were.',113,329);
INSERT INTO blocks VALUES(1,3,'paragraph',NULL,'body','The steward’s remark led officers of the Westmarsh Police Marine Unit to weigh the boats.',331,420);
INSERT INTO blocks VALUES(1,4,'paragraph',NULL,'body','Chief Crown Prosecutor Auberon Tilney from Crown Prosecution Service South East said: “This was a sophisticated plan undone by people who love sailing.',422,573);
INSERT INTO blocks VALUES(1,5,'paragraph',NULL,'body','“Each of the defendants blamed another. The evidence of 9,000 messages, in which they called the drug ‘the ballast’ and the customs service ‘the jury’, left no room for doubt.”',575,751);
INSERT INTO blocks VALUES(1,6,'paragraph',NULL,'body','Detective Chief Inspector Rosalind Keane, of the South Coast Organised Crime Unit, said: “Half a tonne of cocaine did not reach the streets that week. I have worked in this field for 22 years, and I know what that means to a town.”',753,984);
INSERT INTO blocks VALUES(1,7,'paragraph',NULL,'body','Ms Keane thanked the regatta’s committee, who had kept the boats on the slipway for four hours by finding fault with their paperwork.',986,1119);
INSERT INTO blocks VALUES(1,8,'heading',2,'notes','Notes to editors',NULL,NULL);
INSERT INTO blocks VALUES(1,9,'list_item',1,'notes','Stellan Corrigan [date of birth removed] was jailed for 18 years.',NULL,NULL);
INSERT INTO blocks VALUES(1,10,'list_item',1,'notes','Dorian Pashley [date of birth removed] was jailed for 15 years.',NULL,NULL);
INSERT INTO blocks VALUES(1,11,'list_item',1,'notes','Quentin Abelard [date of birth removed] was jailed for 12 years.',NULL,NULL);
INSERT INTO blocks VALUES(1,12,'list_item',1,'notes','Maurice Tench [date of birth removed] and Kit Lorimer [date of birth removed] were each jailed for eight years.',NULL,NULL);
INSERT INTO blocks VALUES(1,13,'list_item',1,'notes','All were convicted of conspiracy to import class A drugs at Marlinghurst Crown Court.',NULL,NULL);
INSERT INTO blocks VALUES(2,1,'paragraph',NULL,'body','A boat owner who put two of his crew off on a sandbank after a quarrel about wages has been given a sentence of 22 months, suspended for two years.',0,147);
INSERT INTO blocks VALUES(2,2,'paragraph',NULL,'body','Sophie Lanyon-Reed, Senior Crown Prosecutor for CPS Wessex, said: “They had a bottle of water, a torch and the tide table. The tide table was the worst of it.”',149,308);
INSERT INTO blocks VALUES(2,3,'paragraph',NULL,'body','The two men were found by the crew of the Saltmarsh Haven lifeboat, whose coxswain, Bram Jellicoe, said: “They’d been singing. That’s how we heard them.”',310,463);
INSERT INTO blocks VALUES(3,1,'paragraph',NULL,'body','The CPS has authorised charges against four people and a company following the death of an apprentice at a boatyard in Saltmarsh Haven in May 2023.',0,147);
INSERT INTO blocks VALUES(3,2,'paragraph',NULL,'body','Frances Amory, Chief Crown Prosecutor for CPS Wessex, said: “We have carefully reviewed a file of evidence from Westmarsh Police and the Health and Safety Executive about the death of a young man of 18 in his second week at work.',149,378);
INSERT INTO blocks VALUES(3,3,'paragraph',NULL,'body','“We have decided that three directors and one supervisor, and the company itself, should be charged.',380,480);
INSERT INTO blocks VALUES(3,4,'paragraph',NULL,'body','“Criminal proceedings are active and the defendants have the right to a fair trial. It is extremely important that there should be no reporting, commentary or sharing of information online that could in any way prejudice them.',482,708);
INSERT INTO blocks VALUES(3,5,'paragraph',NULL,'body','“We have met his parents to explain our decision, and our thoughts are with them.”',710,792);
INSERT INTO blocks VALUES(3,6,'paragraph',NULL,'body','The defendants will appear before Marlinghurst magistrates on 8 October 2026.',794,871);
INSERT INTO blocks VALUES(3,7,'heading',2,'notes','Notes to editors',NULL,NULL);
INSERT INTO blocks VALUES(3,8,'list_item',1,'notes','The function of the CPS is not to decide whether a person is guilty, but to make fair, independent and objective assessments of whether it is appropriate to present charges for a court to consider.',NULL,NULL);
CREATE TABLE case_studies (
  id integer primary key,
  article_id integer not null references articles(id) on delete cascade,
  position integer not null,
  title text,
  body text not null,
  start integer not null,
  end integer not null,
  boundary text not null check (boundary in ('heading', 'run_in', 'number', 'list_item', 'paragraph')),
  confidence real not null,
  unique (article_id, position)
) strict;
CREATE TABLE speakers (
  id integer primary key,
  name text not null,
  kind text not null check (kind in ('person', 'anonymous', 'collective')),
  article_id integer references articles(id) on delete cascade
) strict;
INSERT INTO speakers VALUES(1,'an experienced steward','anonymous',1);
INSERT INTO speakers VALUES(2,'Auberon Tilney','person',NULL);
INSERT INTO speakers VALUES(3,'Rosalind Keane','person',NULL);
INSERT INTO speakers VALUES(4,'Sophie Lanyon-Reed','person',NULL);
INSERT INTO speakers VALUES(5,'Bram Jellicoe','person',2);
INSERT INTO speakers VALUES(6,'Frances Amory','person',NULL);
CREATE TABLE quotes (
  id integer primary key,
  key text not null unique,
  article_id integer not null references articles(id) on delete cascade,
  case_study_id integer references case_studies(id) on delete set null,
  position integer not null,
  text text not null,
  kind text not null check (kind in ('direct', 'partial', 'indirect', 'unmarked')),
  cue text,
  attribution text not null
    check (attribution in ('before', 'after', 'split', 'previous_block', 'inherited', 'none')),
  start integer not null,
  end integer not null,
  confidence real not null,
  rule text not null,
  unique (article_id, position)
) strict;
INSERT INTO quotes VALUES(1,'29102@1:265-317',1,NULL,1,'as if they were carrying half a tonne of something','partial','told','before',265,317,0.94199999999999994848,'partial-fragment-explicit');
INSERT INTO quotes VALUES(2,'29102@1:508-751',1,NULL,2,replace('This was a sophisticated plan undone by people who love sailing.\n\nEach of the defendants blamed another. The evidence of 9,000 messages, in which they called the drug ‘the ballast’ and the customs service ‘the jury’, left no room for doubt.','\n',char(10)),'direct','said','before',508,751,0.97599999999999997868,'direct-colon-explicit');
INSERT INTO quotes VALUES(3,'29102@1:842-984',1,NULL,3,'Half a tonne of cocaine did not reach the streets that week. I have worked in this field for 22 years, and I know what that means to a town.','direct','said','before',842,984,0.97599999999999997868,'direct-colon-explicit');
INSERT INTO quotes VALUES(4,'29735@1:215-308',2,NULL,1,'They had a bottle of water, a torch and the tide table. The tide table was the worst of it.','direct','said','before',215,308,0.97599999999999997868,'direct-colon-explicit');
INSERT INTO quotes VALUES(5,'29735@1:415-463',2,NULL,2,'They’d been singing. That’s how we heard them.','direct','said','before',415,463,0.97599999999999997868,'direct-colon-explicit');
INSERT INTO quotes VALUES(6,'29511@1:209-792',3,NULL,1,replace('We have carefully reviewed a file of evidence from Westmarsh Police and the Health and Safety Executive about the death of a young man of 18 in his second week at work.\n\nWe have decided that three directors and one supervisor, and the company itself, should be charged.\n\nCriminal proceedings are active and the defendants have the right to a fair trial. It is extremely important that there should be no reporting, commentary or sharing of information online that could in any way prejudice them.\n\nWe have met his parents to explain our decision, and our thoughts are with them.','\n',char(10)),'direct','said','before',209,792,0.97599999999999997868,'direct-colon-explicit');
CREATE TABLE quote_pieces (
  quote_id integer not null references quotes(id) on delete cascade,
  position integer not null,
  text text not null,
  start integer not null,
  end integer not null,
  primary key (quote_id, position)
) strict, without rowid;
INSERT INTO quote_pieces VALUES(1,1,'as if they were carrying half a tonne of something',266,316);
INSERT INTO quote_pieces VALUES(2,1,'This was a sophisticated plan undone by people who love sailing.',509,573);
INSERT INTO quote_pieces VALUES(2,2,'Each of the defendants blamed another. The evidence of 9,000 messages, in which they called the drug ‘the ballast’ and the customs service ‘the jury’, left no room for doubt.',576,750);
INSERT INTO quote_pieces VALUES(3,1,'Half a tonne of cocaine did not reach the streets that week. I have worked in this field for 22 years, and I know what that means to a town.',843,983);
INSERT INTO quote_pieces VALUES(4,1,'They had a bottle of water, a torch and the tide table. The tide table was the worst of it.',216,307);
INSERT INTO quote_pieces VALUES(5,1,'They’d been singing. That’s how we heard them.',416,462);
INSERT INTO quote_pieces VALUES(6,1,'We have carefully reviewed a file of evidence from Westmarsh Police and the Health and Safety Executive about the death of a young man of 18 in his second week at work.',210,378);
INSERT INTO quote_pieces VALUES(6,2,'We have decided that three directors and one supervisor, and the company itself, should be charged.',381,480);
INSERT INTO quote_pieces VALUES(6,3,'Criminal proceedings are active and the defendants have the right to a fair trial. It is extremely important that there should be no reporting, commentary or sharing of information online that could in any way prejudice them.',483,708);
INSERT INTO quote_pieces VALUES(6,4,'We have met his parents to explain our decision, and our thoughts are with them.',711,791);
CREATE TABLE quote_speakers (
  quote_id integer not null references quotes(id) on delete cascade,
  position integer not null,
  speaker_id integer not null references speakers(id),
  mention text not null,
  role text,
  organisation text,
  resolution text not null
    check (resolution in ('explicit', 'last_name', 'first_name', 'pronoun', 'inherited')),
  primary key (quote_id, position)
) strict, without rowid;
INSERT INTO quote_speakers VALUES(1,1,1,'an experienced steward',NULL,NULL,'explicit');
INSERT INTO quote_speakers VALUES(2,1,2,'Auberon Tilney','Chief Crown Prosecutor','Crown Prosecution Service South East','explicit');
INSERT INTO quote_speakers VALUES(3,1,3,'Rosalind Keane','Detective Chief Inspector','the South Coast Organised Crime Unit','explicit');
INSERT INTO quote_speakers VALUES(4,1,4,'Sophie Lanyon-Reed','Senior Crown Prosecutor','CPS Wessex','explicit');
INSERT INTO quote_speakers VALUES(5,1,5,'Bram Jellicoe',NULL,NULL,'explicit');
INSERT INTO quote_speakers VALUES(6,1,6,'Frances Amory','Chief Crown Prosecutor','CPS Wessex','explicit');
CREATE TABLE quoted_terms (
  article_id integer not null references articles(id) on delete cascade,
  text text not null,
  start integer not null,
  end integer not null,
  primary key (article_id, start)
) strict, without rowid;
CREATE TABLE areas (
  id integer primary key,
  slug text unique,
  name text not null unique
) strict;
INSERT INTO areas VALUES(1,'cymru-wales','Cymru-Wales');
INSERT INTO areas VALUES(2,'east-midlands','East Midlands');
INSERT INTO areas VALUES(3,'east-of-england','East of England');
INSERT INTO areas VALUES(4,'london-north','London North');
INSERT INTO areas VALUES(5,'mersey-cheshire','Mersey-Cheshire');
INSERT INTO areas VALUES(6,'north-east','North East');
INSERT INTO areas VALUES(7,'north-west','North West');
INSERT INTO areas VALUES(8,'south-east','South East');
INSERT INTO areas VALUES(9,'south-west','South West');
INSERT INTO areas VALUES(10,'thames-and-chiltern','Thames and Chiltern');
INSERT INTO areas VALUES(11,'wessex','Wessex');
INSERT INTO areas VALUES(12,'west-midlands','West Midlands');
INSERT INTO areas VALUES(13,'yorkshire-and-humberside','Yorkshire and Humberside');
INSERT INTO areas VALUES(122,'cps','CPS');
INSERT INTO areas VALUES(123,'london-south','London South');
CREATE TABLE article_areas (
  article_id integer not null references articles(id) on delete cascade,
  area_id integer not null references areas(id),
  primary key (article_id, area_id)
) strict, without rowid;
INSERT INTO article_areas VALUES(1,8);
INSERT INTO article_areas VALUES(1,10);
INSERT INTO article_areas VALUES(1,11);
INSERT INTO article_areas VALUES(2,11);
INSERT INTO article_areas VALUES(3,11);
CREATE TABLE topics (
  id integer primary key,
  name text not null unique
) strict;
INSERT INTO topics VALUES(1,'Cyber / online crime');
INSERT INTO topics VALUES(2,'Domestic abuse');
INSERT INTO topics VALUES(3,'Fraud and economic crime');
INSERT INTO topics VALUES(4,'Hate crime');
INSERT INTO topics VALUES(5,'International and organised crime');
INSERT INTO topics VALUES(6,'Proceeds of crime');
INSERT INTO topics VALUES(7,'Sexual offences');
INSERT INTO topics VALUES(8,'Terrorism');
INSERT INTO topics VALUES(9,'Violent crime');
CREATE TABLE article_topics (
  article_id integer not null references articles(id) on delete cascade,
  topic_id integer not null references topics(id),
  primary key (article_id, topic_id)
) strict, without rowid;
INSERT INTO article_topics VALUES(1,5);
INSERT INTO article_topics VALUES(1,6);
INSERT INTO article_topics VALUES(2,9);
INSERT INTO article_topics VALUES(3,9);
CREATE TABLE links (
  article_id integer not null references articles(id) on delete cascade,
  position integer not null,
  url text not null,
  text text,
  section text not null,
  primary key (article_id, position)
) strict, without rowid;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','articles_fts','articles_fts',0,'CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
    "headline", "teaser", "body",
    tokenize=''unicode61 remove_diacritics 2'',
    content="articles"
)');
CREATE TABLE IF NOT EXISTS 'articles_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO articles_fts_data VALUES(1,X'031a268330');
INSERT INTO articles_fts_data VALUES(10,X'000000000103030003010101020101030101');
INSERT INTO articles_fts_data VALUES(137438953473,X'0000064904303030300106010270010432303234010601022402013201080102812501023631010809010217010139010601026f01016101180101030f010205112726381d02046d6f6e67010601010c02016e010601022d030164010a010225572f03056f74686572010601026b02017301060102330206756265726f6e01060102520304677573740106010223010762616c6c6173740106010279020365656e010601021102056c616d6564010601026a02046f617473010a01021c346f020179010801026163010663616c6c656401060102750306727279696e670106010237020468696566010801024f3902046f61737401080102810d03056361696e650110010106010209810f03076d6d6974746565010801028136040870657469746f7273010601010e020472696d6501080102810f03036f776e01080102500702067573746f6d73010601027c010a646566656e64616e747301060102690307746563746976650108010281050202696401080102811702046f75627401080102810402037275670106010277010465616368010601026603027374010601025902066e7465726564010601021a020476657279010601022903066964656e6365010601026d020a7870657269656e636564010601022e01056661756c74010801028144020469656c6401080102812303056e64696e6701080102814304056973686564010601022603027665010601020202026f720110080102130c68231d030275720108010281400203726f6d0106010254010467616e670106010206010368616401080102813803026c66010e0101020102385c03027665010a010210811105016e010c01010b01022002026964010601020802046f757273010801028141010169010a0102811e0c020166010601023402016e010e01020a1a084c31030773706563746f72010801028107020174010601022b01066a61696c6564010807010212020375727901080102324f01056b65616e65010a010281092a0303656c73010601020c0302707401080102813902036e6f7701080102812901046c61737401060102270202656401060102430302667401080102810002036f7665010601026401066d6172696e650106010249020465616e7301080102812c03056d6265727301060102030306737361676573010601027102017301080102813001026e6f01080102810103017401080102811801026f66011e0101050c0102040b0b270c24091e0d0306666963657273010601024402016e01080102813c02087267616e6973656401080102810e01097061706572776f726b0108010281470205656f706c65010601026202036c616e010601025f02056f6c6963650106010248020a726f7365637574696f6e010601025609026f720106010251010472616365010601022a0403696e6701080501020e020465616368010801028119030567617474610110010111010221811503046d61726b010601024202036f6f6d010801028102030673616c696e640108010281080101730108010241760203616964010801025a3904036c656401060101080503696e67010601026503076c746d61727368010c01010a01021f020665727669636501080102572802066c697077617901080102813e02086d7567676c65727301020202086f6d657468696e67010601023c030b7068697374696361746564010601025e03037574680108010258360206746577617264010801022f130305726565747301080102811b01077468616e6b6564010801028132040174010c010207811711030165012c01010d01020b15151009091d060c0405050f111b090504026972010801028146040179010c0102191e0a3903026973010801025b490303726565010601021b0205696c6e6579010601025302016f010e01010901024b6403026c64010601023003036e6e65010e01010401023a5c030374616c01060102150302776e01080102812f0106756e646f6e65010601026003026974010801024a4802037365640102040103776173010e01010701022c32020365656b01080102811d0303696768010601024c0302726501080102360a030773746d617273680106010247020368617401080102812a0303696368010601027303016f010a0301026356020369746801080102814502056f726b6564010801028120010679616368747301080601020f020465617273010c0a0102188110040a0b090a08110b080a0c080d0b0e0a0c0d090d0d0c0c110f0f0c0b0d110f0a0c0a0b090d0b0d110d0c0d0c090e0a0a0b0b0d0b0b090c0a080c0f080e0b0e0a0a0b0b090a0a0d0c0c0d090a09150d0910110c0a0c11090b0b0c110b0b0e090b0a0a110e0e0d0f120b0e0d0f0b1b0a0b0a0a0c0c090e0a0a0d0a080e0b0a0a0e0b0a0a0b0d0e');
INSERT INTO articles_fts_data VALUES(274877906945,X'0000032f03303232020601021a0101610218010108050102020d050917060204626f7574020c01010d010212020466746572020c01010a01020f02026e64020601023202017402020801046265656e02080102153f02036f6174020802010203030474746c65020601022d020372616d020601024d02017902060102430108636f78737761696e020601024c0202707302060102270203726577020a0701020a3d03036f776e02060102240101640206010251020865636b68616e647302060101030106656c6576656e02060101050103666f72020801021d0b0303756e6402060102420105676976656e02060102160103686164020601022b0301730206010214030376656e020601024902046561726402060102580202697302080601020902046f7572730206010106030177020601025601026974020601023d01086a656c6c69636f65020601024e01066c616e796f6e020601022102036566740202050207696665626f6174020601024a01036d656e020601024002056f6e746873020601021b01026f66020e0102081317100c030166020601020b02016e020c01010701020c0204776e6572020803010204010a70726f73656375746f72020601022502027574020601020601077175617272656c020c01010c01021101047265656402060102220101730206010255020361696402080102292803076c746d61727368020601024803066e6462616e6b020c01010901020e0202656102020903046e696f720206010223040574656e6365020601021809016402020a0206696e67696e67020601025302056f706869650206010220020470656e7402060101040208757370656e646564020601021c01057461626c65020801023505020368617402060102540301650210010233050606080504016d0206010259040179020801022a28020369646502080102340502046f72636802060102310202776f0210010102010207192301057761676573020c01010e01021303017302060102390303746572020601022f020165020601025703027265020601024103047373657802060102280202686f02080401020504027365020601024b02046f727374020601023b01057965617273020601021f0409110e0e09060c0b0b0a080f090c0a080f0d0b0a0c0a080a0b0a0b08090f0d080e0a0c0d080b0c1109110b080b0e10070b0c060d0c0b0f0d0a0d08090b0b0e0f080a08090b0a090b');
INSERT INTO articles_fts_data VALUES(412316860417,X'0000050b03303138030601023e010432303233030601021b040136030801028113010138030801028111010161031401010701020b0b1713280204626f75740306010236020563746976650306010258020466746572030601010602066761696e7374030601020702046d6f7279030601021d02016e0306010211030164031201020a28051a050d2c03017903060102760205707065617203080102810c040772656e7469636503080701021202027265030801025731020174030a080102133202097574686f7269736564030c010105010205010262650308010253190302656e03060101040304666f726503080102810d02076f61747961726403080901021501096361726566756c6c7903060102270206686172676564030803010254070173030c0101020102060303696566030601021e02096f6d6d656e74617279030601026d040470616e79030801020c460303756c64030601027402027073030801020321020772696d696e616c030601025503036f776e030601021f01056465617468030a0501020f2b030563696465640306010247050473696f6e030801028102030866656e64616e7473030801025b31020869726563746f7273030601024a010865766964656e6365030601022c0208786563757469766503060102350305706c61696e03080102810003077472656d656c79030601026501046661697203060102610203696c65030601022a02086f6c6c6f77696e67030601020d030172030601022103027572030802010208020672616e636573030601021c03026f6d030601022d0103686173030601020403027665031201010301022622182105016e0306010218020565616c746803060102320202697303080102403f0109696d706f7274616e74030601026602016e030c0102160528380309666f726d6174696f6e0306010271030b7665737469676174696f6e030601010a02017303060102640201740306010263030473656c660306010251010b6d6167697374726174657303080102810f03016e030601023c030a726c696e67687572737403080102810e030179030601021a02026574030601027c01026e6f030601026b01076f63746f6265720308010281120201660310060102101d10063502016e030801028110030165030601024c03046c696e650306010272020172030601026e02027572030a010281010502037665720302040107706172656e7473030601027e0205656f706c65030601020902056f6c696365030601022f020872656a7564696365030601027803096f63656564696e67730306010256040773656375746f72030601022001097265706f7274696e67030601026c03067669657765640306010228020469676874030601025e0106736166657479030601023403026964030601022403076c746d617273680306010217020565636f6e6403060102410206686172696e67030601026f03046f756c640308010252190209757065727669736f72030601024d010474686174030a010248210e03016503140102020e25081a0d052e04016d03080102791104027265030601026803066f75676874730308010281050303726565030c01010801024902016f030801025f2202047269616c030601026201037761790306010277020165030a01022522370302656b030601024203047373657803060102230406746d61727368030601022e0203696c6c03080102810b0302746803080102810702036f726b0306010244010479656172030601010902046f756e67030601023b04090b09090f0b0c0b0d0b080e080d0f0a0a130a090c0f100e0b0a100c0a0a0e0a0e0c0c100f0f0f0d0e0b0a0f080a0d090a0f080c0a100b101208080b1308120809090f0d09080b080b080e0c0c0f100e100d0b0d090e0c0d0c100d0f09090e0d090b0a0a090b0d0b0a0a0b');
CREATE TABLE IF NOT EXISTS 'articles_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO articles_fts_idx VALUES(1,X'',2);
INSERT INTO articles_fts_idx VALUES(2,X'',2);
INSERT INTO articles_fts_idx VALUES(3,X'',2);
CREATE TABLE IF NOT EXISTS 'articles_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO articles_fts_docsize VALUES(1,X'09108146');
INSERT INTO articles_fts_docsize VALUES(2,X'090d58');
INSERT INTO articles_fts_docsize VALUES(3,X'08098112');
CREATE TABLE IF NOT EXISTS 'articles_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO articles_fts_config VALUES('version',4);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','quotes_fts','quotes_fts',0,'CREATE VIRTUAL TABLE "quotes_fts" USING FTS5 (
    "text",
    tokenize=''unicode61 remove_diacritics 2'',
    content="quotes"
)');
CREATE TABLE IF NOT EXISTS 'quotes_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO quotes_fts_data VALUES(1,X'068154');
INSERT INTO quotes_fts_data VALUES(10,X'000000000106060006010101020101030101040101050101060101');
INSERT INTO quotes_fts_data VALUES(137438953473,X'0000005d02306101020802017301020201086361727279696e67010206010468616c660102070102696601020301026f6601020a0109736f6d657468696e6701020b01047468657901020402046f6e6e650102090104776572650102050406060d0907070e0909');
INSERT INTO quotes_fts_data VALUES(274877906945,X'00000155043030303002021701013902021601016102020402026e6402022103056f74686572020212010762616c6c61737402022002056c616d6564020211020179020208010663616c6c656402021c02067573746f6d73020223010a646566656e64616e747302021002046f75627402022b020372756702021e01046561636802020d0207766964656e63650202140103666f7202022a0102696e02021901046a75727902022601046c65667402022702036f766502020b01086d6573736167657302021801026e6f02022801026f6602040e09010670656f706c6502020902036c616e0202060104726f6f6d02022901077361696c696e6702020c0206657276696365020224020c6f70686973746963617465640202050103746865020c0f060c04050504017902021b030269730202020106756e646f6e65020207010377617302020302046869636802021a03016f02020a04080606070a0c0a060b0b0f0908090c08070909080d07080b08090c0b110d06070b0809');
INSERT INTO quotes_fts_data VALUES(412316860417,X'000000e4033032320302150101610304031d02026e640302170107636f6361696e65030206010364696403020701056669656c6403021302026f72030214010468616c660302020302766503020f01016903040e0c02016e03021101046b6e6f7703021901056d65616e7303021c01036e6f7403020801026f660302050105726561636803020901077374726565747303020b01047468617403040c1103016503020a0302697303021202016f03021d03036e6e650302040302776e03021f01047765656b03020d020368617403021a02056f726b656403021001057965617273030216040707070c080a0709070706090a08070a0c0a060706080709080a');
INSERT INTO quotes_fts_data VALUES(549755813889,X'000000790230610404040602026e6404020a0106626f74746c6504020501036861640402030102697404021501026f660404061001057461626c6504040d050202686504060b0506040179040202020369646504040c0502046f7263680402090103776173040211030374657204020702046f7273740402130407070b0807080b090609090808');
INSERT INTO quotes_fts_data VALUES(687194767361,X'0000005205306265656e0502040101640502030105686561726405020a02026f770502080101730502070206696e67696e670502050104746861740502060302656d05020b040179050202010277650502090409060a07060b090706');
INSERT INTO quotes_fts_data VALUES(824633720833,X'000002b40330313806021b01016106060613280204626f75740602130205637469766506023502026e64060c0d051a050d2c0301790602530202726506043431020174060220010262650604301901096361726566756c6c79060204020668617267656406023102096f6d6d656e7461727906024a040470616e7906022d0303756c64060251020772696d696e616c0602320105646561746806021503056369646564060224050473696f6e06025f030866656e64616e7473060238020869726563746f7273060227010865766964656e6365060209020878656375746976650602120305706c61696e06025d03077472656d656c7906024201046661697206023e0203696c650602070203726f6d06020a010468617665060803221821020565616c746806020f0202697306041d3f0109696d706f7274616e7406024302016e06041c380309666f726d6174696f6e06024e020173060241020174060240030473656c6606022e01036d616e0602190202657406025901026e6f06024801026f6606080810063502026e6506022903046c696e6506024f02017206024b0202757206045e050107706172656e747306025b02056f6c69636506020c020872656a756469636506025503096f63656564696e677306023301097265706f7274696e67060249030676696577656406020502046967687406023b0106736166657479060211020565636f6e6406021e0206686172696e6706024c03046f756c6406042f190209757065727669736f7206022a010474686174060625210e030165060a0e081a0d0504016d060456110402726506024503066f7567687473060262030372656506022602016f06043c2202047269616c06023f010377617906025402016506060222370302656b06021f030773746d6172736806020b020369746806026402036f726b0602210105796f756e67060218040708090a0c060806080e0b0e09080c0a0a090d0d0d0d0a0c0908080c0a080e070e0606090807070a070906080c0a0d0e0e0b090b0a0b0a0e0b0a07070b0807090808070c0808');
CREATE TABLE IF NOT EXISTS 'quotes_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO quotes_fts_idx VALUES(1,X'',2);
INSERT INTO quotes_fts_idx VALUES(2,X'',2);
INSERT INTO quotes_fts_idx VALUES(3,X'',2);
INSERT INTO quotes_fts_idx VALUES(4,X'',2);
INSERT INTO quotes_fts_idx VALUES(5,X'',2);
INSERT INTO quotes_fts_idx VALUES(6,X'',2);
CREATE TABLE IF NOT EXISTS 'quotes_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO quotes_fts_docsize VALUES(1,X'0a');
INSERT INTO quotes_fts_docsize VALUES(2,X'2a');
INSERT INTO quotes_fts_docsize VALUES(3,X'1e');
INSERT INTO quotes_fts_docsize VALUES(4,X'14');
INSERT INTO quotes_fts_docsize VALUES(5,X'0a');
INSERT INTO quotes_fts_docsize VALUES(6,X'64');
CREATE TABLE IF NOT EXISTS 'quotes_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO quotes_fts_config VALUES('version',4);
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('_sqlite_migrations','idx__sqlite_migrations_migration_set_name','4 4 1');
INSERT INTO sqlite_stat1 VALUES('frontier','frontier_state','8 4 3 3');
INSERT INTO sqlite_stat1 VALUES('frontier','frontier','8 1');
INSERT INTO sqlite_stat1 VALUES('quotes','quotes_case_study','6 6');
INSERT INTO sqlite_stat1 VALUES('quotes','sqlite_autoindex_quotes_2','6 2 1');
INSERT INTO sqlite_stat1 VALUES('quotes','sqlite_autoindex_quotes_1','6 1');
INSERT INTO sqlite_stat1 VALUES('article_urls','article_urls_article','6 2');
INSERT INTO sqlite_stat1 VALUES('article_urls','article_urls','6 1');
INSERT INTO sqlite_stat1 VALUES('quote_speakers','quote_speakers_speaker','6 1');
INSERT INTO sqlite_stat1 VALUES('quote_speakers','quote_speakers','6 1 1');
INSERT INTO sqlite_stat1 VALUES('teasers','teasers_url','7 1');
INSERT INTO sqlite_stat1 VALUES('teasers','teasers','7 7 1');
INSERT INTO sqlite_stat1 VALUES('captures','captures_record','5 5 1');
INSERT INTO sqlite_stat1 VALUES('captures','captures_url','5 1 1');
INSERT INTO sqlite_stat1 VALUES('listings','listings','1 1 1');
INSERT INTO sqlite_stat1 VALUES('article_topics','article_topics_topic','4 2');
INSERT INTO sqlite_stat1 VALUES('article_topics','article_topics','4 2 1');
INSERT INTO sqlite_stat1 VALUES('article_areas','article_areas_area','5 2');
INSERT INTO sqlite_stat1 VALUES('article_areas','article_areas','5 2 1');
INSERT INTO sqlite_stat1 VALUES('article_versions','sqlite_autoindex_article_versions_1','3 1 1');
INSERT INTO sqlite_stat1 VALUES('blocks','blocks','24 8 1');
INSERT INTO sqlite_stat1 VALUES('speakers','speakers_article','6 2');
INSERT INTO sqlite_stat1 VALUES('speakers','speakers_name','6 1 1 1');
INSERT INTO sqlite_stat1 VALUES('quote_pieces','quote_pieces','10 2 1');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX captures_url on captures(url, fetched_at);
CREATE UNIQUE INDEX captures_record on captures(warc_file, warc_offset);
CREATE INDEX teasers_url on teasers(url);
CREATE INDEX frontier_state on frontier(kind, state, due_at);
CREATE INDEX articles_published_on on articles(published_on);
CREATE INDEX article_urls_article on article_urls(article_id);
CREATE UNIQUE INDEX speakers_name on speakers(name, kind, coalesce(article_id, 0));
CREATE INDEX speakers_article on speakers(article_id);
CREATE INDEX quotes_case_study on quotes(case_study_id);
CREATE INDEX quote_speakers_speaker on quote_speakers(speaker_id);
CREATE INDEX article_areas_area on article_areas(area_id);
CREATE INDEX article_topics_topic on article_topics(topic_id);
CREATE TRIGGER "articles_ai" AFTER INSERT ON "articles" BEGIN
  INSERT INTO "articles_fts" (rowid, "headline", "teaser", "body") VALUES (new.rowid, new."headline", new."teaser", new."body");
END;
CREATE TRIGGER "articles_ad" AFTER DELETE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "headline", "teaser", "body") VALUES('delete', old.rowid, old."headline", old."teaser", old."body");
END;
CREATE TRIGGER "articles_au" AFTER UPDATE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "headline", "teaser", "body") VALUES('delete', old.rowid, old."headline", old."teaser", old."body");
  INSERT INTO "articles_fts" (rowid, "headline", "teaser", "body") VALUES (new.rowid, new."headline", new."teaser", new."body");
END;
CREATE TRIGGER "quotes_ai" AFTER INSERT ON "quotes" BEGIN
  INSERT INTO "quotes_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "quotes_ad" AFTER DELETE ON "quotes" BEGIN
  INSERT INTO "quotes_fts" ("quotes_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;
CREATE TRIGGER "quotes_au" AFTER UPDATE ON "quotes" BEGIN
  INSERT INTO "quotes_fts" ("quotes_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "quotes_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE VIEW article_list as
select a.id, a.node_id, a.url, a.published_on, a.headline, a.update_label, a.content_type,
  (select group_concat(name, '; ') from (select areas.name from article_areas
     join areas on areas.id = article_areas.area_id
     where article_areas.article_id = a.id order by areas.name)) as areas,
  (select group_concat(name, '; ') from (select topics.name from article_topics
     join topics on topics.id = article_topics.topic_id
     where article_topics.article_id = a.id order by topics.name)) as topics,
  a.language, a.teaser, a.body, a.notes_to_editors, a.word_count,
  (select count(*) from article_versions v where v.article_id = a.id) as versions,
  a.first_seen_at, a.last_seen_at, a.gone_at
from articles a;
CREATE VIEW quote_list as
select q.key, q.article_id, l.url, l.published_on, l.headline, l.areas, l.topics,
  s.name as speaker, qs.role, qs.organisation, q.kind, q.cue, q.text, q.confidence,
  c.title as case_study_title
from quotes q
join article_list l on l.id = q.article_id
left join quote_speakers qs on qs.quote_id = q.id
left join speakers s on s.id = qs.speaker_id
left join case_studies c on c.id = q.case_study_id;
CREATE VIEW case_study_list as
select c.article_id, l.url, l.published_on, l.headline, l.areas, l.topics,
  c.position, c.title, c.body, c.confidence
from case_studies c
join article_list l on l.id = c.article_id;
PRAGMA writable_schema=OFF;
COMMIT;

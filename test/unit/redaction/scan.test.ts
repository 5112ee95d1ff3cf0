import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { createScanner } from '../../../src/redaction/scan.ts';
import { safeHarbor } from './identity.ts';

const scan = createScanner([safeHarbor]);

function marked(text: string): string {
  let result = '';
  let at = 0;
  for (const { start, end, type } of scan(text)) {
    result += `${text.slice(at, start)}<${type}>`;
    at = end;
  }
  return result + text.slice(at);
}

describe('identifiers that no record holds', () => {
  test.each([
    ['Dr. Okafor will call', 'Dr. <CLINICIAN> will call'],
    ['dr patel agreed', 'dr <CLINICIAN> agreed'],
    ['daughter Ludmila drove her', 'daughter <RELATIVE> drove her'],
    ['Patient: HALVORSEN, INGRID', 'Patient: <PERSON>'],
    ['my neighbor, Tobias Q., fell', 'my neighbor, <RELATIVE>., fell'],
    ['Summarize medical history. Anything urgent?', 'Summarize medical history. Anything urgent?'],
    ['- Review Hospital Course\n- Compare clinic BP', '- Review Hospital Course\n- Compare clinic BP'],
    ['Overall health? Flag urgent labs.', 'Overall health? Flag urgent labs.'],
    ['Show Low Hospital called. Sunrise clinic wrote.', '<ORG> called. <ORG> wrote.'],
    ['transferred to Lakeview Regional Hospital', 'transferred to <ORG>'],
    ['seen at UVWX Medical Center', 'seen at <ORG>'],
    ['moved from Duluth', 'moved from <PLACE>'],
    ['lives at 77 N. Birch Hollow Rd, Apt 3', 'lives at <PLACE>'],
    ['MRN: QX-88-1204', 'MRN: <ID>'],
    ['member ID W123 45 6789', 'member ID <ID>'],
    ['SSN 219-09-9999', 'SSN <ID>'],
    ['call (612) 555-0188 ext 7', 'call <PHONE>'],
    ['fax +44 20 7946 0958', 'fax <PHONE>'],
    ['write to a.b-c@clinic.example.org', 'write to <EMAIL>'],
    ['see https://portal.example.org/x?id=1', 'see <URL>'],
    ['from 10.20.30.40', 'from <ID>'],
    ['VIN 1M8GDM9AXKP042788', 'VIN <ID>'],
    ['serial number PM-5521-A', 'serial number <ID>'],
    ['on March 4, 2026', 'on <DATE>'],
    ['a 93-year-old man', 'a <AGE>-year-old man'],
    ['Duluth, MN 55802', '<PLACE>'],
    [
      'Phone note 4/2: spoke with her; colonoscopy 6/30.',
      'Phone note <DATE>: spoke with her; colonoscopy <DATE>.',
    ],
    ['BP log: 4/1 148/92, 4/2 151/96', 'BP log: <DATE> 148/92, <DATE> 151/96'],
    [
      'she came on the 19th. Well until the 12th & then',
      'she came on the <DATE>. Well until the <DATE> & then',
    ],
    ['he fell on Christmas Day', 'he fell on <DATE>'],
  ])('%s', (text, expected) => {
    expect(marked(text)).toBe(expected);
  });

  test('a name found once is found again without its context', () => {
    expect(marked('Dr. Okafor came. Later Okafor left.')).toBe(
      'Dr. <CLINICIAN> came. Later <CLINICIAN> left.',
    );
  });
});

describe('what stands beside an identifier stays', () => {
  test.each([
    ['https://example.org/p/4471203;none reported', '<URL>;none reported'],
    ['www.example.org/p/4471,325 mg', '<URL>,325 mg'],
    ['ana [at] example [dot] org. WBC 12.4', '<EMAIL>. WBC 12.4'],
    ['call 919-555-0142 x 10 days', 'call <PHONE> x 10 days'],
    ['Norco 50,000 IU BID. 16277 Tamarack Drive', 'Norco 50,000 IU BID. <PLACE>'],
    ['lives at 12 Elm St, Metformin 500 mg', 'lives at <PLACE>, Metformin 500 mg'],
    ['lives at 12 Elm Dr. TSH 2.10', 'lives at <PLACE> TSH 2.10'],
    ['GCS 15. June 14, 2021', 'GCS 15. <DATE>'],
    ['Smith, Anna L | q6h', '<PERSON> <PERSON> | q6h'],
    ['Smith, Anna L q6h', '<PERSON> <PERSON> q6h'],
    ['kidney disease stage 3 (Oct 8, 2021)', 'kidney disease stage 3 (<DATE>)'],
    ['GCS 15. Mar-12-2021', 'GCS 15. <DATE>'],
    ['saw Mrs. Okafor Na 138', 'saw Mrs. <PERSON> Na 138'],
    ['at Lakeside Hospital SpO2 97%', 'at <ORG> SpO2 97%'],
    ['lives at 12 Elm Dr. Gait steady', 'lives at <PLACE> Gait steady'],
    ['lives at 9709 Elm Parkway. Fluids given', 'lives at <PLACE> Fluids given'],
    ['Write to ana@example[.]org', 'Write to <EMAIL>'],
    ['Plavix,ID and Warfarin, PA', 'Plavix,ID and Warfarin, PA'],
    ['Normal, IL 61761 and Boise,ID', '<PLACE> and <PLACE>'],
    ['migraine +34538234716 10 mg', 'migraine <PHONE> 10 mg'],
    ['+1 612 555 0188 2 puffs', '<PHONE> 2 puffs'],
    ['+1 612-555-0188 1,000 mg', '<PHONE> 1,000 mg'],
    ['196 764 357 98 bpm', '<ID> 98 bpm'],
    ['196 764 357 50,000 IU', '<ID> 50,000 IU'],
    ['Mr. Bun 60 yo presents.', 'Mr. <PERSON> 60 yo presents.'],
    ['Ms. K 34 yo', 'Ms. <PERSON> 34 yo'],
    ['id,4411-2233-5566,120', 'id,<ID>,120'],
    ['+44 20 7946 0958,120', '<PHONE>,120'],
    ['{"system":"http://loinc.org","value":"8480-6"}', '{"system":"http://loinc.org","value":"8480-6"}'],
    ['{"first":"Cefazolin","last":"Vancomycin"}', '{"first":"Cefazolin","last":"Vancomycin"}'],
    ['{"first":"morning","last":"night"}', '{"first":"morning","last":"night"}'],
    [
      '{"mrn":"8471203","test":"platelets","value":"150000"}',
      '{"mrn":"<ID>","test":"platelets","value":"150000"}',
    ],
    ['Guillain Barre p/w weakness; Iron Sucrose, 10000', 'Guillain Barre p/w weakness; Iron Sucrose, 10000'],
    ['| Gamma Knife | June 2020 |', '| Gamma Knife | <DATE> |'],
    ['value 66.58372961637022 kg', 'value 66.58372961637022 kg'],
    [
      'Letrozole, 6 months of it; Pitocin was started on',
      'Letrozole, 6 months of it; Pitocin was started on',
    ],
    ['Bed 3 Stable; Bed 4 Low; Room 101 North;', 'Bed 3 Stable; Bed 4 Low; Room 101 North;'],
    ['Room #12 Tsosie, s/p fall', 'Room #12 <PERSON>, s/p fall'],
    ['Nurse: any fever?\nYulan: no, just chills', 'Nurse: any fever?\n<PERSON>: no, just chills'],
    ['Patient: stable\nPalinopsia: no\nHematuria: yes', 'Patient: stable\nPalinopsia: no\nHematuria: yes'],
    ['Patient: I feel sick.', 'Patient: I feel sick.'],
    ['12 percent by Lund and Browder. Hunt and Hess 2.', '12 percent by Lund and Browder. Hunt and Hess 2.'],
    [
      'Bloom & Richardson grade 3, Spetzler and Martin 3',
      'Bloom & Richardson grade 3, Spetzler and Martin 3',
    ],
    ['Seen by Martin and Hopkins today.', 'Seen by <CLINICIAN> and <CLINICIAN> today.'],
    ['TEE Monday, ID following', 'TEE Monday, ID following'],
    ['\nShellfish,Anaphylaxis,2010\n', '\nShellfish,Anaphylaxis,2010\n'],
    ['https://x.org/p?patient=Roe;Ada&dob=1970-01-02', '<URL>'],
    ['https://x.org/p?ids=10,20,30&name=roe', '<URL>'],
    ['https://x.org/?q=9262+Main+St,+Fort+Wayne', '<URL>'],
    ['https://x.org/a?tab=1,1.5 mg/kg', '<URL>,1.5 mg/kg'],
    ['+1 412 945 8636/7, +1 (412) 945-8636 (2233)', '<PHONE>, <PHONE>'],
    ['platelets 1250-1375; NDC 0006-0277; code 8760-7272', 'platelets 1250-1375; NDC 0006-0277; code <ID>'],
    ['325-MG-500; CA125-1234; S46-55598', '325-MG-500; CA125-1234; <ID>'],
    ['PT=15.4, pt=32.5 sec', 'PT=15.4, pt=32.5 sec'],
    ['ending in 1234 steps; episode 2345 ms', 'ending in 1234 steps; episode 2345 ms'],
    [
      'employer: Self; pharmacy: Mail; worked for Christmas',
      'employer: Self; pharmacy: Mail; worked for Christmas',
    ],
    ['employer: Nucor; worked for Nucor', 'employer: <PLACE>; worked for <PLACE>'],
    ['eggs from lima bean; pt from duluth', 'eggs from lima bean; pt from <PLACE>'],
    ['9262 Juniper Ln, Zwolle after', '<PLACE> after'],
    ['{"system":"urn:mrn","value":"4471203"}', '{"system":"urn:mrn","value":"<ID>"}'],
    ['{"value":"138.5","system":"ucum"}', '{"value":"138.5","system":"ucum"}'],
    ['{"value":"120/80","system":"bp"}', '{"value":"120/80","system":"bp"}'],
    ['https://x.org/p;id=4471;name=quist;mrn=A1 seen', '<URL> seen'],
    ['https://x.org/a?ids=quist,prunella seen', '<URL> seen'],
    ['flat 4, 12 baker street', '<PLACE>'],
    ['begin 500 Vancomycin q12h\nCHECK TROUGH\nend', 'begin 500 Vancomycin q12h\nCHECK TROUGH\nend'],
  ])('%s', (text, expected) => {
    expect(marked(text)).toBe(expected);
  });
});

describe('blobs', () => {
  const said = 'Dr. Okafor called 919-555-0142';
  test.each([
    ['UTF-16, little end first', Buffer.from(said, 'utf16le').toString('base64')],
    ['UTF-16, big end first', Buffer.from(said, 'utf16le').swap16().toString('base64')],
    ['gzip', gzipSync(said).toString('base64')],
    ['Ascii85', '<~6Z6gH+Du:(Df0*,BlbD8@rH7+~>'],
  ])('%s', (_, blob) => {
    expect(marked(`see ${blob} there`)).toBe('see <ID> there');
  });

  test('uuencoded lines hide from their first to their last one', () => {
    expect(marked('see\nbegin 644 x\n238]W9W=D:7!I<VAU9&5L:6YG\n`\nend\nthere')).toBe('see\n<ID>\nthere');
    expect(marked('see begin 644 x\n238]W9W=D:7!I<VAU9&5L:6YG\n`\nend, there')).toBe('see <ID>, there');
  });

  test.each(['begin 500 mg\nBID until\nend', 'creatinine <~ 1.3 mg/dL ~>', 'A+AB+O- and +Metformin-'])(
    'none: %s',
    (text) => {
      expect(marked(text)).toBe(text);
    },
  );
});

describe('signs inside words', () => {
  test.each([
    ['Dr. Oka`for called 919-55`5-0142', 'Dr. <CLINICIAN> called <PHONE>'],
    ['on 0`3/04/2026', 'on <DATE>'],
    ['on 03/04/20**26', 'on <DATE>'],
    ['WBC 4.5 x 10**9/L', 'WBC 4.5 x 10**9/L'],
    ['take `metformin` 500 mg, the patient`s wife', 'take `metformin` 500 mg, the patient`s wife'],
    ['seen March\n| 4,\n| 2026\n| well', 'seen <DATE>\n| well'],
    ['| Xarelto | 5 mg |\n| Norco | 10 mg |', '| Xarelto | 5 mg |\n| Norco | 10 mg |'],
    ['Dr. +AE8AawBhAGYAbwBy- called', 'Dr. <CLINICIAN> called'],
    ['lives in ⒟⒰⒧⒰⒯⒣, ⒨⒩', 'lives in <PLACE>'],
  ])('%s', (text, expected) => {
    expect(marked(text)).toBe(expected);
  });
});

describe('clinical words stay', () => {
  test.each([
    'Parkinson disease with Lewy bodies, Babinski sign absent, Foley catheter in place.',
    'Wilson’s disease was excluded; Crohn’s colitis in remission.',
    'Start Metformin 500 mg BID and Lisinopril 10 mg daily.',
    'BP 120/80, HR 72, SpO2 98 %, strength 4/5, pain 3/10, A1c 6.9 %.',
    'An 88-year-old woman with COPD since 2019.',
    'White blood cell count 11.2, platelets 150,000, INR 2.5.',
    'May return in 2 weeks. Will follow up with Cardiology.',
    'What are the NICE guidelines for DVT prophylaxis after TKR?',
    'Glasgow Coma Scale 15, Apgar 9, NYHA class III, CHA2DS2-VASc 4.',
    'Jackson-Pratt drain removed. Hickman line flushed.',
    'No history of MI, CVA or DVT; denies chest pain.',
    'Allergic to penicillin (rash) and latex.',
    'Medications\n- Metformin 500 mg\n- Xarelto',
    'Allergies:\n- Heather',
    '- Lipitor 20 mg daily.\n- Loestrin',
    '- Eliquis',
  ])('%s', (text) => {
    expect(marked(text)).toBe(text);
  });
});

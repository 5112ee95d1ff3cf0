import { day } from '../calendar.ts';
import { drugs } from '../codes/drugs.ts';
import type { ProblemKey } from '../codes/problems.ts';
import { problems as table } from '../codes/problems.ts';
import { NoteBuilder } from '../note-builder.ts';
import type { NoteTemplate } from './occasion.ts';
import { assessment, companion } from './occasion.ts';

const dischargeDrugs = (keys: readonly ProblemKey[]): string =>
  keys
    .slice(0, 1)
    .flatMap((key) => table[key].drugs)
    .map((key) => `${drugs[key].display} (${drugs[key].sig})`)
    .join('; ');

/** Discharge summary, LOINC 18842-5. */
export const dischargeSummary: NoteTemplate = ({ scene, start, end, by, problems }) => {
  const { patient, words, home } = scene;
  const author = scene.staff(by);
  const kin = companion(scene);
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder()
    .line`DISCHARGE SUMMARY - ${scene.hospital.full}`
    .line`Name: ${patient.caps}`
    .line`MRN ${scene.mrn.plain} | SSN ${scene.ssn.plain} | Acct # ${scene.account} | DOB ${scene.date(scene.birth, 'day-month')}`
    .line`Admitted: ${scene.date(start, 'long-plain')}   Discharged: ${scene.date(end, 'long')}`
    .line`Attending: ${author.signed}. PCP: ${scene.staff('clinician').full}, ${scene.clinic.short}, fax ${scene.phone('413-555-0189', 'slash')}`
    .line``
    .line`HOSPITAL COURSE: ${patient.titled}, a ${scene.years(start)} ${words.noun}, came by ambulance from ${home.line} in ${home.city} on ${scene.date(start, 'weekday')}. ${words.Her} ${kin.word} ${kin.full} gave the history.`
    .line`${assessment(problems)}`
    .line`A Foley catheter was removed on day 2 (${scene.date(start + 2 * day, 'us-no-year')}). Blood cultures: no growth. Hickman line not placed. White blood cell count fell from 14.2 to 8.1. Strength 4/5 proximally, 10/12 grip.`
    .line`${scene.staff('cardiologist').titled} was consulted on ${scene.date(start + day, 'dots')} and found no tamponade; Doppler of the legs negative.`
    .line``
    .line`DISCHARGE MEDICATIONS: ${dischargeDrugs(problems)}; ibuprofen to be avoided.`
    .line`FOLLOW-UP: ${scene.staff('clinician').titled} on ${scene.date(end + 10 * day, 'long')} at ${scene.clinic.full}. Discharged home with ${kin.called}, ${scene.phone(scene.homePhone)}. ${patient.called}'s belongings were returned.`
    .line`Mail copy to: ${patient.short}, ${home.fullShort}`
    .line`Dictated ${scene.date(end, 'dashed')} by ${author.initialLast}, transcribed for ${patient.ascii}`
    .build();
};

/** Emergency department note. */
export const emergencyNote: NoteTemplate = ({ scene, start, by, problems }) => {
  const { patient, words } = scene;
  const author = scene.staff(by);
  const kin = companion(scene);
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder()
    .line`ED NOTE  ${scene.date(start, 'iso')}  ${patient.lastFirst}  MRN#${scene.mrn.plain}  SSN ${scene.ssn.bare}`
    .line`CC: per EMS. HPI: ${scene.years(start)} ${words.noun}, known to ${scene.clinic.short}. ${kin.Word} ${kin.short} at bedside, reachable ${scene.phone(scene.mobile)}.`
    .line`${assessment(problems.slice(0, 1))}`
    .line`ED course: GCS 15, BP 118/76, SpO2 97% RA. Murphy sign negative. Ativan not given. White cells 9.4, lactate 1.1.`
    .line`Dispo: home, ${scene.home.lineShort}, ${scene.home.city}. Seen again ${scene.date(start + day, 'month-day')} if worse. ${author.signed}`
    .build();
};

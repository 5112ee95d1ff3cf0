import { day } from '../calendar.ts';
import { NoteBuilder } from '../note-builder.ts';
import type { NoteTemplate } from './occasion.ts';
import { assessment, companion } from './occasion.ts';

/** Visit note of the clinic, with a full header. */
export const progressNote: NoteTemplate = ({ scene, start, by, problems }) => {
  const { patient, words, home } = scene;
  const author = scene.staff(by);
  const kin = companion(scene);
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder()
    .line`PROGRESS NOTE`
    .line`Patient: ${patient.lastFirst}    MRN: ${scene.mrn.plain}    DOB: ${scene.date(scene.birth, 'us')}`
    .line`Date of visit: ${scene.date(start)}    Provider: ${author.signed}    ${scene.clinic.full}`
    .line``
    .line`SUBJECTIVE: ${patient.titled} is a ${scene.years(start)} ${words.noun} seen for follow-up. ${words.She} goes by ${patient.nickname} and was brought by ${words.her} ${kin.word} ${kin.called} from ${home.full}. ${words.She} may be more tired in the evening; no chest pain, no fever. ${kin.Word} ${kin.called}'s own worry is the stairs. Old records under ${patient.former} were reviewed.`
    .line`OBJECTIVE: BP 120/80, HR 72, T 36.8, strength 10/12 on the right hand scale, 5/5 elsewhere. White blood cell count 6.8, hemoglobin 13.1. No Babinski sign.`
    .line`ASSESSMENT:`
    .line`${assessment(problems)}`
    .line`PLAN: Continue current doses. ${patient.called} will call ${scene.phone(author.number)} or write to ${author.mail}; results go to ${scene.email}. Return on ${scene.date(start + 42 * day)}. If unreachable at ${scene.phone(scene.mobile)}, try ${kin.short} (${scene.phone(scene.homePhone)}).`
    .line`${patient.initials} agrees. cc: ${scene.staff('cardiologist').titled}, ${scene.hospital.short}`
    .line`Electronically signed by ${author.signed} on ${scene.date(start, 'iso')}`
    .build();
};

/** Short note in telegraphic style, no header. */
export const briefNote: NoteTemplate = ({ scene, start, by, problems }) => {
  const { patient, words } = scene;
  const author = scene.staff(by);
  const kin = companion(scene);
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder()
    .line`${scene.date(start, 'us-short')} f/u ${patient.initialLast}, ${scene.years(start)} ${words.noun}, here w/ ${kin.word} ${kin.called}. Last seen ${scene.date(start - 90 * day, 'month-day')}.`
    .line`${assessment(problems.slice(0, 2))}`
    .line`Labs from ${scene.laboratory} on ${scene.date(start - 3 * day, 'dashed')}: may be repeated in 3 mo. Pain 4/10. Pt ${patient.caps} (${scene.mrn.dashed}) given 30 tabs x 2 refills.`
    .line`Lives at ${scene.home.lineShort}. Tel ${scene.phone(scene.homePhone)}. ${author.initials}`
    .build();
};

/** Nurse's telephone note: what a call leaves behind. */
export const telephoneNote: NoteTemplate = ({ scene, start }) => {
  const { patient, words } = scene;
  const nurse = scene.staff('nurse');
  const kin = companion(scene);
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder()
    .line`TELEPHONE ENCOUNTER ${scene.date(start)} 16:05`
    .line`Caller: ${kin.full} (${kin.word} of ${patient.full}), from ${scene.phone(scene.homePhone)}, call back ${scene.phone(scene.mobile)}.`
    .line`Identity checked by date of birth ${scene.date(scene.birth, 'long')} and last four of SSN ${scene.ssn.lastFour}. Member ID ${scene.member} with ${scene.payer} confirmed.`
    .line`${kin.titled} reports that ${patient.titled} took two doses of acetaminophen 500 mg and feels better. ${words.She} will be seen if fever goes above 38.5. Told that a white blood cell count may be drawn on ${scene.date(start + 2 * day, 'month-ordinal')}.`
    .line`New address from next month: ${scene.home.caps}.`
    .line`${nurse.signed}, reviewed with ${scene.staff('clinician').titled}.`
    .build();
};

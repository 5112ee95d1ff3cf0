import { day } from '../calendar.ts';
import { NoteBuilder } from '../note-builder.ts';
import type { NoteTemplate } from './occasion.ts';
import { assessment, companion } from './occasion.ts';

/** Consultation letter between colleagues. */
export const consultLetter: NoteTemplate = ({ scene, start, by, problems }) => {
  const { patient, words } = scene;
  const author = scene.staff(by);
  const clinician = scene.staff('clinician');
  const kin = companion(scene);
  const also = [
    ...(patient.maiden.text === patient.family.text ? [] : [', née ', patient.maiden]),
    ...(patient.former.text === patient.maiden.text ? [] : [', formerly ', patient.former]),
    ...(patient.native.text === patient.full.text ? [] : [', also written ', patient.native]),
  ];
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder()
    .line`${scene.hospital.full}`
    .line`${scene.date(start, 'long-plain')}`
    .line`RE: ${patient.signed}${also}, born ${scene.date(scene.birth, 'long-plain')}, ${scene.home.fullShort}`
    .line``
    .line`Dear ${clinician.titled},`
    .line`Thank you for sending ${patient.titled}, whom I saw on ${scene.date(start)} together with ${words.her} ${kin.word} ${kin.nickname}. ${patient.called} is a ${scene.years(start)} ${words.noun} whose symptoms began around ${scene.date(start - 60 * day, 'month-ordinal')}.`
    .line`${assessment(problems)}`
    .line`On examination BP 120/80, Kernig and Brudzinski negative, Wilson disease may be excluded by ceruloplasmin, Down syndrome not suspected. ${patient.titled}'s EKG shows a normal QT (Bazett).`
    .line`I will see ${patient.initialLast} again on ${scene.date(start + 90 * day)}. My office is at ${scene.phone(author.number)}, ${author.mail}; please quote ${scene.mrn.dashed}.`
    .line`Sincerely, ${author.signed}`
    .build();
};

/** After-visit summary in markup, as a portal shows it. */
export const visitSummaryPage: NoteTemplate = ({ scene, start, by, problems }) => {
  const { patient, words } = scene;
  const author = scene.staff(by);
  const kin = companion(scene);
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder('markup')
    .line`<html xmlns="http://www.w3.org/1999/xhtml"><head><title>After visit summary</title></head><body>`
    .line`<h1>${patient.full}</h1>`
    .line`<table><tr><th>Date of birth</th><td>${scene.date(scene.birth, 'us')}</td></tr><tr><th>Visit</th><td>${scene.date(start, 'long')}</td></tr><tr><th>MRN</th><td>${scene.mrn.plain}</td></tr></table>`
    .line`<p>Dear ${patient.titled}, thank you for visiting <b>${author.full}</b> at ${scene.clinic.full}.</p>`
    .line`<p>${assessment(problems.slice(0, 1))}</p>`
    .line`<ul><li>Take your medicines &amp; drink water.</li><li>Your ${kin.word} <i>${kin.called}</i> may call ${scene.phone(author.number)}.</li><li>We will write to ${scene.email} and to ${scene.home.fullShort}.</li></ul>`
    .line`<p>${words.Her} next visit: ${scene.date(start + 30 * day, 'weekday')}.</p></body></html>`
    .build();
};

/** Imaging report; the same text stands in a DiagnosticReport. */
export const imagingReport: NoteTemplate = ({ scene, start, by }) => {
  const { patient } = scene;
  const author = scene.staff(by);
  // biome-ignore format: a line of the note is a line here
  return new NoteBuilder()
    .line`XR CHEST 2 VIEWS ${scene.date(start, 'us')}`
    .line`Patient ${patient.ascii} ${scene.mrn.plain}, ordered by ${scene.staff('clinician').initialLast}`
    .line`COMPARISON: ${scene.date(start - 200 * day, 'us-short')}.`
    .line`FINDINGS: Heart size normal. Kerley lines absent. Lungs clear; a 4 mm nodule in the right upper lobe may be followed in 12 months. No pleural effusion.`
    .line`IMPRESSION: No acute disease. Discussed with ${author.titled} by telephone ${scene.phone(author.number)} on ${scene.date(start, 'month-day')}.`
    .build();
};

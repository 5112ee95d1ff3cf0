import type { MedicationRequest } from 'fhir/r4.js';

/** What became of a prescription; days are counted back from now. */
export interface CourseRow {
  readonly status: MedicationRequest['status'];
  readonly authored: number;
  /** Last change; a drug stopped lately keeps its old `authoredOn`. */
  readonly updated: number;
  readonly medication: 'coded' | 'contained' | 'included';
  readonly asNeeded?: true;
  readonly doNotPerform?: true;
  /** A MedicationStatement (what the patient says) instead of an order. */
  readonly statement?: true;
  /** Belongs to the admission. */
  readonly discharge?: true;
}

// biome-ignore format: a table
export const courses = {
  'active':           { status: 'active', authored: 240, updated: 240, medication: 'coded' },
  'new':              { status: 'active', authored: 8, updated: 8, medication: 'coded' },
  'on-hold':          { status: 'on-hold', authored: 300, updated: 21, medication: 'coded' },
  'stopped-recently': { status: 'stopped', authored: 420, updated: 7, medication: 'coded' },
  'stopped-long-ago': { status: 'stopped', authored: 700, updated: 500, medication: 'coded' },
  'completed':        { status: 'completed', authored: 70, updated: 55, medication: 'coded' },
  'do-not-perform':   { status: 'active', authored: 200, updated: 200, medication: 'coded', doNotPerform: true },
  'as-needed':        { status: 'active', authored: 150, updated: 150, medication: 'coded', asNeeded: true },
  'contained':        { status: 'active', authored: 260, updated: 260, medication: 'contained' },
  'included':         { status: 'active', authored: 130, updated: 130, medication: 'included' },
  'statement':        { status: 'active', authored: 90, updated: 32, medication: 'coded', statement: true },
  'discharge':        { status: 'completed', authored: 118, updated: 108, medication: 'coded', discharge: true },
} as const satisfies Record<string, CourseRow>;
export type DrugCourse = keyof typeof courses;

import type { ProblemKey } from '../codes/problems.ts';
import { problems } from '../codes/problems.ts';
import type { Note } from '../note-builder.ts';
import type { RelativeVoice, Scene } from '../scene.ts';
import type { StaffKey } from '../staff.ts';

/** What a note is about; instants in epoch ms. */
interface Occasion {
  readonly scene: Scene;
  readonly start: number;
  readonly end: number;
  readonly by: StaffKey;
  readonly problems: readonly ProblemKey[];
}

export type NoteTemplate = (occasion: Occasion) => Note;

/** Prose of the problems, numbered, free of identifiers. */
export const assessment = (keys: readonly ProblemKey[]): string =>
  keys.map((key, index) => `${index + 1}. ${problems[key].prose}`).join('\n');

/** The relative that the notes speak of; patients without one bring the clinic's nurse in that place. */
export const companion = (scene: Scene): RelativeVoice =>
  scene.relatives[0] ?? { ...scene.staff('nurse'), word: 'nurse', Word: 'Nurse' };

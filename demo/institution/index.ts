export { addDays, ageOn, daysFrom, usDate } from './calendar.ts';
export * from './chart.ts';
export type { EncounterClass, NoteType, Route, Specialty } from './codes.ts';
export * from './generate.ts';
export * from './institution.ts';
export * from './random.ts';

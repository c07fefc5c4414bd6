export * from './audit-trail.ts';
export * from './commit-together.ts';
export * from './database.ts';
export * from './lock.ts';
export * from './migration.ts';
export * from './study-database.ts';
export * from './study-tables.ts';
export * from './workspace.ts';

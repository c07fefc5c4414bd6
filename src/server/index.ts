export * from './contract/index.ts';
export { type AppOptions, createApp } from './http/app.ts';
export { type OpenStudies, openStudies } from './open-studies.ts';
export type { Server } from './server.ts';

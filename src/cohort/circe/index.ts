export type { LeftOut } from './account.ts';
export { leftOutText, protocolPartYaml } from './part-yaml.ts';
export { type FromAtlas, fromAtlas } from './read-definition.ts';
export { type ToAtlas, toAtlas } from './write-definition.ts';

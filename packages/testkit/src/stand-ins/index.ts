export { createRootFs } from './root-fs.ts';
export { ensureImages } from './ensure-images.ts';
export { useEngine, type Engine, type EngineSearch } from './use-engine.ts';

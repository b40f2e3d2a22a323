export { CorpusError, type Label, type Labelled } from './corpora/labelled.ts';
export { readLabelled } from './corpora/read-labelled.ts';

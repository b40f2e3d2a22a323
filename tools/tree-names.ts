// Fails on folders and files whose name says nothing.
import { checkNames } from './tree/check-names.ts';
import { listFiles } from './tree/list-files.ts';

const complaints = checkNames(listFiles('.'));
for (const complaint of complaints) console.log(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** Endings of files that run when they are opened, on a phone or on Windows. */
const RUNS: ReadonlySet<string> = new Set(
  'apk apks xapk exe scr com bat cmd msi msix jar vbs vbe jse wsf hta lnk ps1 pif cpl reg iso img dmg'.split(' '),
);
/** What a file that runs pretends to be: "photo.jpg.exe". */
const LOOKS: ReadonlySet<string> = new Set('jpg jpeg png pdf doc docx xls xlsx mp4 mov txt zip'.split(' '));

export const executableFile: Check = {
  name: 'executableFile',
  describe: 'Files that run when they are opened, above all in the guise of a picture or a document',
  weights: [0.6, 3.2],
  payload: true,
  find: ({ prepared, context }) => {
    const endings = messageOf(prepared)?.media.map(({ fileName }) => endingsOf(fileName ?? '')) ?? [];
    const runs = endings.find(([last]) => RUNS.has(last));
    if (!runs) return nothing('no file that runs');
    const disguised = LOOKS.has(runs[1]);
    const newcomer = isNewcomer(context);
    return {
      weight: (newcomer ? 2.4 : 0.6) + (disguised ? 0.8 : 0),
      reason: `a file that runs (.${runs[0]})${disguised ? ' in the guise of another' : ''}`,
    };
  },
};

/** The last ending and the one before, lower case: "photo.jpg.exe" is exe and jpg. */
function endingsOf(fileName: string): readonly [last: string, before: string] {
  const parts = fileName.toLowerCase().trim().split('.').slice(-3);
  return parts.length < 2 ? ['', ''] : [parts.at(-1) ?? '', parts.length > 2 ? (parts.at(-2) ?? '') : ''];
}

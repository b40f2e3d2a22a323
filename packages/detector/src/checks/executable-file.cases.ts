import { known, type Cases } from './case.ts';

const file = (fileName: string) => ({
  note: `the file ${fileName}`,
  message: { media: [{ kind: 'document' as const, fileName }] },
});

export const cases: Cases = {
  fires: [
    { text: 'это ты на фото?', ...file('Foto_2026.jpg.apk') },
    { text: 'free aimbot, works today', ...file('aimbot_v3.exe') },
    { text: 'свежая сборка', ...file('build.apk'), ...known(40) },
  ],
  honest: [
    { text: 'протокол собрания', ...file('protokol.pdf') },
    { text: 'here are the scans', ...file('scans.2026.zip') },
    { text: 'скачайте installer.exe с сайта, а не из чата' },
  ],
};

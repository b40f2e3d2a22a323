import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: '𝐅𝐑𝐄𝐄 𝐂𝐑𝐘𝐏𝐓𝐎 𝐒𝐈𝐆𝐍𝐀𝐋𝐒 every morning', note: 'mathematical bold letters' },
    { text: 'ᴅᴇᴘᴏsɪᴛ ʙᴏɴᴜs 200 %', note: 'small capitals' },
    { text: 'Ｗｒｉｔｅ ｍｅ for a job', note: 'full-width letters' },
    { text: 'Работа: 🅣🅔🅛🅔🅖🅡🅐🅜 в профиле', note: 'letters in circles' },
  ],
  honest: [
    { text: '①② and ③ are done, ④ is for tomorrow' },
    { text: 'YETER ARTIK SU KESİNTİSİ, YİNE Mİ' },
    { text: '会議は１０時から、ＮＨＫホールで' },
    { text: 'x² + y² = r², so ½ of 10 µm is enough ™' },
  ],
};

import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: 'Напишите мне в личку, подтвердите аккаунт',
      note: 'the name is "Ирина Cмирнова", an administrator is called "Ирина Смирнова"',
      sender: { name: 'Ирина Cмирнова', likeAdministrator: 'name' },
    },
    {
      text: 'your wallet must be verified, write to me',
      note: 'the username is garden_adm1n, an administrator’s is garden_admin',
      sender: { name: 'Tom', username: 'garden_adm1n', likeAdministrator: 'username' },
    },
    { text: 'How can I help you?', note: 'the name is "Support Team"', sender: { name: 'Support Team' } },
    { text: 'Проверка безопасности', note: 'the name is "Aдминистратор чата"', sender: { name: 'Aдминистратор чата' } },
  ],
  honest: [
    { text: 'я поддержку просила, не отвечают', note: 'the name is "Ирина"', sender: { name: 'Ирина' } },
    { text: 'I am a sysadmin by trade', note: 'the name is "Adminton Fan"', sender: { name: 'Adminton Fan' } },
    {
      text: 'да, нас тут двое Смирновых',
      note: 'named like an administrator, twenty allowed messages',
      sender: { name: 'Ирина Смирнова', likeAdministrator: 'name' },
      ...known(20),
    },
    { text: 'rules are pinned', note: 'an administrator', sender: { name: 'Admin', role: 'administrator' } },
  ],
};

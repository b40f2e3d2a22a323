import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'Лучшее к4зин0, р@бот4ем честно, вывод с0 скоростью света' },
    { text: 'H0t g1rls in y0ur city, c@sh only' },
    { text: 'З4работок без вл0жений, 0плата к4ждый день' },
    { text: 'Fr33 b0nus, no dep0sit, sp1n today' },
  ],
  honest: [
    { text: 'log4j again? we moved to web3js and k8s last year, node24 is next' },
    { text: 'Продам iPhone 15, 128gb, и ps5, 35 000, в 3м подъезде кв45' },
    { text: '装修花费：水电1万8，瓷砖2万3，柜子4万1，厨电1万2' },
    { text: 'the mp3s are on usb3, cat6 cable, win10 and h2o as usual' },
  ],
};

/**
 * Every corpus we know how to read, with what its licence allows. `mayTrain` says whether it may train a shipped model at
 * all; which ones do is measured (see the model card). Folders are relative to the folder that the caller names.
 */
import { join } from 'node:path';
import { collect } from './collect.ts';
import { readCsvColumns, readTizhproger, readYoutubeSpam } from './csv-corpora.ts';
import type { Labelled } from './labelled.ts';
import { readTgSpamSamples } from './tg-spam-samples.ts';
import { readThaiSms } from './thai-sms.ts';

export interface Corpus {
  name: string;
  folder: string;
  /** Public repository and path. */
  source: string;
  licence: string;
  mayTrain: boolean;
  langs: readonly string[];
  read: (folder: string) => AsyncIterable<Labelled>;
}

const TRANSLATED_SMS = { source: 'rishiparashar02/Multilingual-Spam-Detection (UCI SMS, machine-translated)' };

export const CORPORA: readonly Corpus[] = [
  {
    name: 'tg-spam-samples',
    folder: 'tg-spam-samples',
    source: 'umputun/tg-spam: data/{spam,ham}-samples.txt',
    licence: 'MIT',
    mayTrain: true,
    langs: ['ru', 'en'],
    read: readTgSpamSamples,
  },
  {
    name: 'monalenka-ru',
    folder: 'monalenka-ru',
    source: 'monalenka/telegram-spam-classifier-bot: data/combined.csv',
    licence: 'MIT',
    mayTrain: true,
    langs: ['ru'],
    read: (folder) => readCsvColumns(join(folder, 'combined.csv'), { text: 'text', label: 'label', lang: 'ru' }),
  },
  {
    name: 'uci-sms',
    folder: 'roberta-spam-sms',
    source: 'UCI SMS Spam Collection, from mshenoda/roberta-spam: data/sms/sms_spam.csv',
    licence: 'CC BY 4.0',
    mayTrain: true,
    langs: ['en'],
    read: (folder) => readCsvColumns(join(folder, 'sms_spam.csv'), { text: 'text', label: 'label', lang: 'en' }),
  },
  ...(
    [
      ['German', 'de'],
      ['French', 'fr'],
    ] as const
  ).map(([column, lang]): Corpus => ({
    ...TRANSLATED_SMS,
    name: `sms-${lang}`,
    folder: 'sms-multilingual-en-hi-de-fr',
    licence: 'CC BY 4.0',
    mayTrain: true,
    langs: [lang],
    read: (folder) => readCsvColumns(join(folder, 'data-en-hi-de-fr.csv'), { text: column, label: 'labels', lang }),
  })),
  {
    name: 'youtube-spam',
    folder: 'youtube-spam',
    source: 'UCI YouTube Spam Collection, from shalimanov/spamchecker: data/Youtube0*.csv',
    licence: 'CC BY 4.0',
    mayTrain: true,
    langs: ['en'],
    read: readYoutubeSpam,
  },
  {
    name: 'thai-sms',
    folder: 'thai-sms',
    source: 'ssivakorn/Thai-SMS-spam-filter: data/raw_data/*.txt',
    licence: 'MIT',
    mayTrain: true,
    langs: ['th'],
    read: readThaiSms,
  },
  {
    name: 'tizhproger-telegram-ru',
    folder: 'tizhproger-telegram-ru',
    source: 'tizhproger/spamfilter: datasets/telegram_spam_ru.csv',
    licence: 'GPL-3.0 (repository)',
    mayTrain: false,
    langs: ['ru'],
    read: readTizhproger,
  },
];

export async function readCorpus(corpus: Corpus, datasetsFolder: string): Promise<Labelled[]> {
  return collect(corpus.read(join(datasetsFolder, corpus.folder)));
}

/** @throws Error that names the sets there are. */
export function corpusNamed(name: string): Corpus {
  const corpus = CORPORA.find((candidate) => candidate.name === name);
  if (corpus === undefined) {
    throw new Error(`no set is named ${name}; there are ${CORPORA.map((known) => known.name).join(', ')}`);
  }
  return corpus;
}

// Everything in the tree that a program writes. Adding one: its generator, and a line here.
import { checksPage } from './checks-page.ts';
import type { Generator } from './compare.ts';
import { crdChart } from './crd-chart.ts';
import { installs } from './installs.ts';
import { kafkaPage } from './kafka/page.ts';
import { telegramGroupPage } from './telegramgroup/page.ts';

export const GENERATORS: readonly Generator[] = [checksPage, crdChart, installs, kafkaPage, telegramGroupPage];

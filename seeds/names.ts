/**
 * Invented names of people: common Chinese family and given names in pinyin, and English ones.
 *
 * No family name is a given name too, and none of five letters or more is one letter from another:
 * two different people must not look like one person under two spellings.
 */

import { type Chance, pick, uniform } from "./random.ts";

const FAMILY = words(`
  Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Liang
  Xie Song Tang Deng Han Feng Cao Peng
`);
const GIVEN = words(`
  Wei Fang Min Jing Qiang Lei Jun Yong Yan Jie Juan Tao Ming Chao Xia Ping Gang Hui Na Xin
  Yu Bo Hao Lan Ting Kai Rui Jiayi Zihan Yuxuan Haoran Xinyi Siyu Mengyao Wenjing Xiaoming
  Yichen
`);
const ENGLISH_FAMILY = words(`
  Harper Marsh Whitlock Pembroke Ashdown Calder Thorne Hale Wexford Linden Rowe Sutcliffe
`);
const ENGLISH_GIVEN = words(`
  Amelia Oscar Freya Edmund Clara Hugo Isla Rupert Nora Felix Maeve Silas
`);

/** `count` names, each once; about one in twelve is English. */
export function peopleNames(chance: Chance, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const english = uniform(chance) < 1 / 12;
    const given = pick(chance, english ? ENGLISH_GIVEN : GIVEN);
    const family = pick(chance, english ? ENGLISH_FAMILY : FAMILY);
    // As a Chinese name is said: family name first.
    names.add(english ? `${given} ${family}` : `${family} ${given}`);
  }
  return [...names];
}

export const AI_NAMES = ["Aria-1", "Aria-2", "Bao-1", "Bao-2", "Mo-1", "Mo-2"] as const;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

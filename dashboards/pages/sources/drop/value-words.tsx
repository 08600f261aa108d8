/** Which words of the file stand for which of ours: Y is handled, N is abandoned. */

import type { MappingField, Preview } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { choiceName } from "./drop-words.ts";
import { changed, columnsOf, type Rule } from "./mapping-draft.ts";

const MOST_VALUES = 30;
const FLAGS = ["yes", "no"];

interface ValueWordsProps {
  readonly field: MappingField;
  readonly rule: Rule;
  readonly preview: Preview;
  readonly onRule: (rule: Rule) => void;
}

export function ValueWords({ field, rule, preview, onRule }: ValueWordsProps) {
  const { t, formats } = useSite();
  const [name] = columnsOf(rule);
  const column = preview.columns.find((one) => one.name === name);
  const counts = new Map((column?.values ?? []).map(({ text, count }) => [text, count]));
  const texts = [...new Set([...counts.keys(), ...Object.keys(rule.values ?? {})])];
  const words = field.is === "flag" ? FLAGS : field.of;
  const set = (text: string, word: string | null) => onRule(withWord(rule, text, word));
  if (texts.length > MOST_VALUES || texts.length === 0) return null;
  return (
    <details>
      <summary>
        {t("drop.words", { count: texts.length, shown: formats.number(texts.length) })}
      </summary>
      <table>
        <tbody>
          {texts.map((text) => (
            <tr key={text}>
              <th scope="row">{text === "" ? t("drop.emptyCell") : text}</th>
              <td className="muted">{counts.has(text) && formats.number(counts.get(text) ?? 0)}</td>
              <td>
                <WordFor {...{ text, words, rule, set }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rule.values !== undefined && (
        <label>
          <input
            type="checkbox"
            checked={rule.others === "keep"}
            onChange={({ target }) =>
              onRule(changed(rule, { others: target.checked ? "keep" : undefined }))
            }
          />
          <span>{t("drop.keepOthers")}</span>
        </label>
      )}
    </details>
  );
}

interface WordForProps {
  readonly text: string;
  readonly words: readonly string[];
  readonly rule: Rule;
  readonly set: (text: string, word: string | null) => void;
}

/** No word of ours. */
const AS_IT_IS = "*";

function WordFor({ text, words, rule, set }: WordForProps) {
  const { t } = useSite();
  const value = rule.values?.[text];
  const label = t("drop.wordFor", { text });
  if (words.length === 0) {
    return (
      <input
        aria-label={label}
        value={value ?? text}
        onChange={({ target }) => set(text, target.value)}
      />
    );
  }
  return (
    <select
      aria-label={label}
      value={value ?? AS_IT_IS}
      onChange={({ target }) => set(text, target.value === AS_IT_IS ? null : target.value)}
    >
      <option value={AS_IT_IS}>{t("drop.asItIs")}</option>
      {[...new Set([...words, ...(value === undefined || value === "" ? [] : [value])])].map(
        (word) => (
          <option key={word} value={word}>
            {choiceName(word, t)}
          </option>
        ),
      )}
      <option value="">{t("drop.asEmpty")}</option>
    </select>
  );
}

/** Without any word left there is no list of words, and every text is read as it is. */
function withWord(rule: Rule, text: string, word: string | null): Rule {
  const { [text]: _, ...others } = rule.values ?? {};
  const values = word === null ? others : { ...others, [text]: word };
  const isEmpty = Object.keys(values).length === 0;
  return changed(rule, isEmpty ? { values: undefined, others: undefined } : { values });
}

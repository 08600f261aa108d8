/** A value once it has stopped changing: while somebody types nothing is asked for. */

import { useEffect, useState } from "react";

/** Values that say the same count as the same. */
export function useSettled<Value>(value: Value, milliseconds: number): Value {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return JSON.parse(settled) as Value;
}

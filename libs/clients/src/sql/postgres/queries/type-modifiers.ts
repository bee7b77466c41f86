/** What the modifier of a type limits. */
export interface TypeModifiers {
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

const NONE: TypeModifiers = { length: null, precision: null, scale: null };

/** Bits or digits that a type has without being told, by oid. */
const FIXED_PRECISION: Readonly<Record<number, TypeModifiers>> = {
  21: { length: null, precision: 16, scale: 0 },
  23: { length: null, precision: 32, scale: 0 },
  20: { length: null, precision: 64, scale: 0 },
  700: { length: null, precision: 24, scale: null },
  701: { length: null, precision: 53, scale: null },
};

/** Length, precision and scale of a type by its oid and pg_attribute.atttypmod, as information_schema has them. */
export function typeModifiersOf(typeOid: number, modifier: number): TypeModifiers {
  const fixed = FIXED_PRECISION[typeOid];
  if (fixed) return fixed;
  if (modifier < 0) return NONE;
  switch (typeOid) {
    case 1042: // bpchar
    case 1043: // varchar
      return { length: modifier - 4, precision: null, scale: null };
    case 1560: // bit
    case 1562: // varbit
      return { length: modifier, precision: null, scale: null };
    case 1700: // numeric; a scale of 11 bits that may be negative
      return { length: null, precision: ((modifier - 4) >> 16) & 0xffff, scale: (((modifier - 4) & 0x7ff) ^ 1024) - 1024 };
    case 1083: // time
    case 1266: // timetz
    case 1114: // timestamp
    case 1184: // timestamptz
      return { length: null, precision: modifier, scale: null };
    case 1186: // interval; the upper half says which fields, all ones in the lower that no precision was given
      return { length: null, precision: (modifier & 0xffff) === 0xffff ? null : modifier & 0xffff, scale: null };
    default:
      return NONE;
  }
}

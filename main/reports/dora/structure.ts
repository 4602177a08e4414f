import published from '../../../docs/schemas/dora/incident-report-1.2.schema.json' with { type: 'json' };

/** What the structure says of one value: the keywords of JSON Schema that it uses. */
export interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly $ref?: string;
}

const ROOT: Shape & { readonly $defs: Readonly<Record<string, Shape>> } = published;

function resolved(shape: Shape): Shape {
  const name = shape.$ref?.replace('#/$defs/', '');
  return name === undefined ? shape : { ...ROOT.$defs[name], description: shape.description ?? '' };
}

/**
 * What EBA's structure says of the value at a place: `['incident', 'detectionDateTime']`. An array of objects is passed
 * by as if it were one of them.
 * @throws TypeError where the structure has no such place: the tables of this folder are wrong then
 */
export function shapeAt(place: readonly string[]): Shape {
  let shape: Shape = ROOT;
  for (const name of place) {
    const parent = shape.type === 'array' && shape.items ? resolved(shape.items) : shape;
    const child = parent.properties?.[name];
    if (!child) throw new TypeError(`The structure has no ${place.join('.')}.`);
    shape = resolved(child);
  }
  return shape;
}

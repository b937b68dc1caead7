import type { EnumValue, Schema, SchemaType } from "./schema";
import { enumValues, exampleTexts, isType, type WrittenSchema } from "./written";

/** Where a written schema finds what it names. */
export interface SchemaScope {
  /** The definition that a `$ref` names; `undefined` when it is not there. */
  definition(name: string): Schema | undefined;
  /** What is said of a definition (field `""`) or of one of its fields; read when it is asked for. */
  description?(definition: string, field: string): string | undefined;
}

/** Where a schema stands, for its description: a definition (field `""`) or one of its fields. */
export interface SchemaAddress {
  readonly definition: string;
  readonly field: string;
}

/**
 * A written schema that follows its `$ref` only when somebody asks: definitions refer to each other in circles, over the
 * borders of shards, and a document uses few of them. Words beside a `$ref` win over those of the definition.
 */
export class LazySchema implements Schema {
  private knownProperties: ReadonlyMap<string, Schema> | undefined;
  private knownItems: Schema | undefined;
  private knownOthers: Schema | undefined;

  constructor(
    private readonly written: WrittenSchema,
    private readonly scope: SchemaScope,
    private readonly address?: SchemaAddress,
  ) {}

  get type(): SchemaType | undefined {
    const { type } = this.written;
    if (type === undefined) return this.target?.type;
    return typeof type === "string" && isType(type) ? type : undefined;
  }

  get types(): readonly SchemaType[] | undefined {
    const { type } = this.written;
    if (type === undefined) return this.target?.types;
    return typeof type === "string" ? undefined : type.filter(isType);
  }

  get format(): string | undefined {
    return this.written.format ?? this.target?.format;
  }

  get description(): string | undefined {
    const { written, address, scope } = this;
    const own = written.description ?? (address && scope.description?.(address.definition, address.field));
    return own ?? this.target?.description;
  }

  get properties(): ReadonlyMap<string, Schema> | undefined {
    const { properties } = this.written;
    if (properties === undefined) return this.target?.properties;
    if (this.knownProperties === undefined) {
      const definition = this.address?.field === "" ? this.address.definition : undefined;
      const part = ([field, written]: [string, WrittenSchema]): [string, Schema] => [
        field,
        new LazySchema(written, this.scope, definition === undefined ? undefined : { definition, field }),
      ];
      this.knownProperties = new Map(Object.entries(properties).map(part));
    }
    return this.knownProperties;
  }

  get items(): Schema | undefined {
    const { items } = this.written;
    if (items === undefined) return this.target?.items;
    this.knownItems ??= new LazySchema(items, this.scope);
    return this.knownItems;
  }

  get others(): Schema | true | undefined {
    const { additionalProperties: others } = this.written;
    if (others === undefined) return this.written.properties === undefined ? this.target?.others : undefined;
    if (typeof others === "boolean") return others || undefined;
    this.knownOthers ??= new LazySchema(others, this.scope);
    return this.knownOthers;
  }

  get required(): readonly string[] | undefined {
    return this.written.required ?? this.target?.required;
  }

  get values(): readonly EnumValue[] | undefined {
    return enumValues(this.written) ?? this.target?.values;
  }

  get examples(): readonly string[] | undefined {
    return exampleTexts(this.written) ?? this.target?.examples;
  }

  get default(): unknown {
    return this.written.default ?? this.target?.default;
  }

  get pattern(): string | undefined {
    return this.written.pattern ?? this.target?.pattern;
  }

  get minimum(): number | undefined {
    return this.written.minimum ?? this.target?.minimum;
  }

  get maximum(): number | undefined {
    return this.written.maximum ?? this.target?.maximum;
  }

  get minLength(): number | undefined {
    return this.written.minLength ?? this.target?.minLength;
  }

  get maxLength(): number | undefined {
    return this.written.maxLength ?? this.target?.maxLength;
  }

  get minItems(): number | undefined {
    return this.written.minItems ?? this.target?.minItems;
  }

  get maxItems(): number | undefined {
    return this.written.maxItems ?? this.target?.maxItems;
  }

  get minProperties(): number | undefined {
    return this.written.minProperties ?? this.target?.minProperties;
  }

  get maxProperties(): number | undefined {
    return this.written.maxProperties ?? this.target?.maxProperties;
  }

  get deprecated(): string | undefined {
    return this.written.deprecated ?? this.target?.deprecated;
  }

  get since(): string | undefined {
    return this.written.since ?? this.target?.since;
  }

  get mergeKey(): string | undefined {
    return this.written.mergeKey ?? this.target?.mergeKey;
  }

  private get target(): Schema | undefined {
    return this.written.$ref === undefined ? undefined : this.scope.definition(this.written.$ref);
  }
}

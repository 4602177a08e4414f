import { createElement, Fragment } from 'react';
import styles from './HelpScreen.module.css';
import type { Block, Inline } from './markdown.ts';

interface ViewProps {
  /** The pages that a link can open; what leads elsewhere is shown as text. */
  readonly names: readonly string[];
  readonly onOpen: (name: string) => void;
}

/** A page of the handbook as elements. */
export function MarkdownView({ blocks, ...view }: ViewProps & { readonly blocks: readonly Block[] }) {
  return blocks.map((block, index) => <BlockView key={index} block={block} {...view} />);
}

function BlockView({ block, ...view }: ViewProps & { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      // The screen has the only first heading; the page's own come under it.
      return createElement(
        `h${Math.min(block.level + 1, 4)}`,
        null,
        <Words content={block.content} {...view} />,
      );
    case 'paragraph':
      return (
        <p>
          <Words content={block.content} {...view} />
        </p>
      );
    case 'code':
      return (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls sideways is reached by Tab
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'list':
      return createElement(
        block.isOrdered ? 'ol' : 'ul',
        null,
        block.items.map((item, index) => (
          <li key={index}>
            <Words content={item} {...view} />
          </li>
        )),
      );
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell, index) => (
                <th key={index} scope="col">
                  <Words content={cell} {...view} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <Words content={cell} {...view} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function Words({ content, names, onOpen }: ViewProps & { readonly content: readonly Inline[] }) {
  return content.map((part, index) => {
    if (part.kind === 'strong') return <strong key={index}>{part.text}</strong>;
    if (part.kind === 'emphasis') return <em key={index}>{part.text}</em>;
    if (part.kind === 'code') return <code key={index}>{part.text}</code>;
    const target = part.kind === 'link' ? part.to.split('#')[0] : undefined;
    if (target !== undefined && names.includes(target)) {
      return (
        <button key={index} type="button" className={styles.link} onClick={() => onOpen(target)}>
          {part.text}
        </button>
      );
    }
    return <Fragment key={index}>{part.text}</Fragment>;
  });
}

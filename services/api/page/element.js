/** Elements with text only: nothing that comes from a chat is ever read as markup. */

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string | undefined)} children
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** @type {typeof element} */
export function svgElement(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/**
 * Shows items as children, newest first. An item that is shown already keeps its element, and with it the keyboard
 * focus and whether it is open.
 */
export function showList(list, items, { toElement, empty }) {
  const shown = new Map([...list.children].map((child) => [child.dataset.id, child]));
  const wanted = items.map((item) => {
    const child = shown.get(item.id) ?? toElement(item);
    child.dataset.id = item.id;
    return child;
  });
  if (wanted.length === 0) wanted.push(element('li', { class: 'empty' }, empty));
  const unchanged = wanted.length === list.children.length && wanted.every((child, i) => child === list.children[i]);
  if (unchanged) return;
  const gone = [...list.children].filter((child) => !wanted.includes(child));
  for (const child of gone) child.remove();
  wanted.forEach((child, i) => {
    if (list.children[i] !== child) list.insertBefore(child, list.children[i] ?? null);
  });
}

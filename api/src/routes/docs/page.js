// Draws the OpenAPI document. Text goes in as text, never as markup.

const METHODS = ['get', 'head', 'post', 'patch', 'put', 'delete', 'options'];

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The shape of a schema as indented words; references are followed, each once. */
function shape(schema, api, seen = []) {
  if (!schema) return undefined;
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return seen.includes(name) ? name : shape(api.components.schemas[name], api, [...seen, name]);
  }
  if (schema.properties) {
    const entries = Object.entries(schema.properties).map(([key, value]) => [
      (schema.required ?? []).includes(key) ? key : `${key}?`,
      shape(value, api, seen),
    ]);
    return Object.fromEntries(entries);
  }
  if (schema.type === 'array') return [shape(schema.items, api, seen)];
  if (schema.enum && schema.enum.length <= 12) return schema.enum.join(' | ');
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((choice) => shape(choice, api, seen)).find((choice) => choice !== 'null');
  return [schema.type ?? 'any'].flat().join(' | ');
}

function block(title, schema, api) {
  const drawn = shape(schema, api);
  if (drawn === undefined) return undefined;
  return element('section', {}, element('h4', {}, title), element('pre', {}, JSON.stringify(drawn, null, 2)));
}

function table(heads, rows) {
  if (rows.length === 0) return undefined;
  const row = (cell, texts) => element('tr', {}, ...texts.map((text) => element(cell, {}, text ?? '')));
  return element('table', {}, row('th', heads), ...rows.map((texts) => row('td', texts)));
}

function operationDetails(path, method, operation, api) {
  const summary = element(
    'summary',
    {},
    element('span', { class: 'method' }, method.toUpperCase()),
    element('span', { class: 'path' }, api.servers[0].url + path),
    element('span', {}, operation.summary ?? ''),
  );
  const parameters = (operation.parameters ?? []).map((one) => [one.name, one.in, one.description]);
  const answers = Object.entries(operation.responses ?? {});
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const success = answers.find(([status]) => status.startsWith('2'))?.[1].content?.['application/json']?.schema;
  const details = element(
    'div',
    {},
    operation.description ? element('p', {}, operation.description) : undefined,
    table(['Parameter', 'In', 'Meaning'], parameters),
    block('Body', body, api),
    table(['Status', 'When'], answers.map(([status, answer]) => [status, answer.description])),
    block('Answer', success, api),
  );
  return element('details', {}, summary, details);
}

function draw(api) {
  const main = document.getElementById('operations');
  for (const tag of api.tags ?? []) {
    main.append(element('h2', {}, tag.name), element('p', {}, tag.description ?? ''));
    for (const [path, item] of Object.entries(api.paths)) {
      for (const method of METHODS) {
        const operation = item[method];
        if (operation?.tags?.includes(tag.name)) main.append(operationDetails(path, method, operation, api));
      }
    }
  }
  document.getElementById('about').textContent = `${api.info.description} Version ${api.info.version}.`;
}

fetch('/api/v1/openapi.json')
  .then((answer) => answer.json())
  .then(draw)
  .catch(() => {
    document.getElementById('about').textContent = 'The OpenAPI document could not be loaded. Reload the page.';
  });

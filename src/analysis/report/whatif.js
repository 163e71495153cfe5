"use strict";
/* What-if: builds its controls beside the table that stands in the page, and reckons from the groups of customers in data-cube. Text from the data is only ever text. */
(() => {
  const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /* As Texts.number and Texts.money write: rounded to the nearest, a tie to the even digit; large amounts with their word. */
  const round = (value, decimals) => {
    const doubled = value * 2 ** (decimals + 1);
    const tie = Number.isInteger(doubled) && doubled % 2 !== 0;
    if (!tie) return Number(value.toFixed(decimals));
    const low = Math.floor(value * 10 ** decimals);
    return (low + (low % 2 !== 0 ? 1 : 0)) / 10 ** decimals;
  };
  const writer = (lang, symbol) => {
    const number = (value, decimals = 0) =>
      new Intl.NumberFormat(lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(round(value, decimals));
    const money = (value) => {
      const large = Math.abs(value);
      const units = lang.startsWith("zh") ? [[1e8, 1e8, "亿"], [1e4, 1e4, "万"]] : [[1e9, 1e9, "bn"], [1e6, 1e6, "M"], [1e4, 1e3, "k"]];
      const [, unit, name] = units.find(([from]) => large >= from) || [0, 1, ""];
      const decimals = ["bn", "M", "亿"].includes(name) ? 2 : name ? 1 : large >= 1000 ? 0 : 2;
      return (value < 0 ? "-" : "") + symbol + number(large / unit, decimals) + name;
    };
    return { number, money, signed: (value) => (value > 0 ? "+" : value < 0 ? "−" : "±") + number(Math.abs(value)) };
  };
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  /* cell: [value of the attribute, edges passed by recency, frequency, money, customers, money] */
  const reckon = (cells, map, cuts, value) => {
    const score = (cell, axis) => cuts[axis].reduce((sum, place) => sum + (cell[axis + 1] > place ? 1 : 0), 0);
    const at = (cell) => {
      let place = 0;
      for (let axis = 0; axis < map.axes; axis += 1) place = place * (cuts[axis].length + 1) + score(cell, axis);
      return map.codes[place];
    };
    const sizes = map.segments.map(() => [0, 0]);
    const places = [];
    for (const cell of cells) {
      if (value >= 0 && cell[0] !== value) continue;
      const segment = at(cell);
      sizes[segment][0] += cell[4];
      sizes[segment][1] += cell[5];
      places.push([segment, cell[4]]);
    }
    return { sizes, places };
  };

  const build = (box) => {
    const cube = JSON.parse(box.dataset.cube);
    const words = cube.words;
    const write = writer(cube.lang, cube.symbol);
    const today = cube.measures.map((measure) => measure.cuts);
    const state = { cuts: today.map((cuts) => [...cuts]), map: 0, value: -1 };
    const panel = make("div", "panel");

    const select = (name, options, first, choose) => {
      const label = make("label", "choice", name);
      const list = make("select");
      options.forEach((option, place) => {
        const entry = make("option", "", option);
        entry.value = String(place + first);
        list.append(entry);
      });
      list.addEventListener("change", () => { choose(Number(list.value)); show(); });
      label.append(list);
      return [label, list];
    };
    const choices = make("div", "choices");
    const [mapLabel, mapList] = select(words.map, cube.maps.map((map) => map.name), 0, (place) => { state.map = place; });
    if (cube.maps.length > 1) choices.append(mapLabel);
    const [valueLabel, valueList] = select(cube.attribute, [words.all, ...cube.values], -1, (place) => { state.value = place; });
    if (cube.values.length > 1) choices.append(valueLabel);

    const scales = make("div", "scales");
    const sets = cube.measures.map((measure, axis) => {
      const set = make("fieldset");
      set.append(make("legend", "", measure.name));
      const sliders = measure.cuts.map((_, number) => {
        const label = make("label", "cut");
        const input = make("input");
        const output = make("span", "place");
        input.type = "range";
        input.min = "0";
        input.max = String(measure.edges.length - 1);
        input.step = "1";
        label.append(make("span", "", fill(words.score, { high: number + 2 })), output, input);
        input.addEventListener("input", () => {
          const place = Number(input.value);
          state.cuts[axis] = state.cuts[axis].map((other, at) => (at < number ? Math.min(other, place) : at > number ? Math.max(other, place) : place));
          show();
        });
        set.append(label);
        return { input, output };
      });
      scales.append(set);
      return { set, sliders };
    });

    const reset = make("button", "reset", words.reset);
    reset.type = "button";
    reset.addEventListener("click", () => {
      state.cuts = today.map((cuts) => [...cuts]);
      state.map = 0;
      state.value = -1;
      mapList.value = "0";
      valueList.value = "-1";
      show();
    });
    const summary = make("p", "summary");
    summary.setAttribute("role", "status");
    summary.setAttribute("aria-live", "polite");

    const table = make("table", "bars");
    const head = make("thead");
    const top = make("tr");
    for (const name of [words.segment, words.customers, words.revenue]) {
      const cell = make("th", "", name);
      cell.scope = "col";
      top.append(cell);
    }
    head.append(top);
    const body = make("tbody");
    table.append(make("caption", "", words.legend), head, body);

    const bar = (then, now, most, colour, text, change) => {
      const cell = make("td");
      const track = make("span", "track");
      track.setAttribute("aria-hidden", "true");
      const width = (amount) => `${Math.max(0, (100 * amount) / most)}%`;
      const filled = make("span", "now");
      const outline = make("span", "then");
      filled.style.width = width(now);
      filled.style.backgroundColor = colour;
      outline.style.width = width(then);
      track.append(filled, outline);
      cell.append(track, make("span", "amount", text));
      if (change) cell.append(" ", make("span", "moved", change));
      return cell;
    };

    const show = () => {
      const map = cube.maps[state.map];
      const before = reckon(cube.cells, map, today, state.value);
      const after = reckon(cube.cells, map, state.cuts, state.value);
      sets.forEach(({ set, sliders }, axis) => {
        const measure = cube.measures[axis];
        set.hidden = axis >= map.axes;
        sliders.forEach(({ input, output }, number) => {
          const place = state.cuts[axis][number];
          const text = `${measure.sign} ${measure.edges[place]}`;
          input.value = String(place);
          input.setAttribute("aria-valuetext", text);
          output.textContent = text;
          output.classList.toggle("changed", place !== today[axis][number]);
        });
      });
      const most = [0, 1].map((kind) => Math.max(1, ...before.sizes.map((size) => size[kind]), ...after.sizes.map((size) => size[kind])));
      body.replaceChildren(...map.segments.map(([name, colour], place) => {
        const [then, now] = [before.sizes[place], after.sizes[place]];
        const row = make("tr");
        const title = make("th", "", name);
        title.scope = "row";
        const moved = (kind, text) => (now[kind] === then[kind] ? "" : text);
        row.append(title,
          bar(then[0], now[0], most[0], colour, write.number(now[0]), moved(0, write.signed(now[0] - then[0]))),
          bar(then[1], now[1], most[1], colour, write.money(now[1]), moved(1, fill(words.from, { money: write.money(then[1]) }))));
        return row;
      }));
      const movers = before.places.reduce((sum, [segment, customers], place) => sum + (after.places[place][0] === segment ? 0 : customers), 0);
      const changed = map.segments
        .map(([name], place) => ({ name, then: before.sizes[place], now: after.sizes[place] }))
        .filter(({ then, now }) => then[0] !== now[0])
        .sort((a, b) => Math.abs(b.now[0] - b.then[0]) - Math.abs(a.now[0] - a.then[0]));
      const all = before.places.reduce((sum, [, customers]) => sum + customers, 0);
      const parts = movers ? [fill(words.movers, { customers: write.number(movers), all: write.number(all) })] : [words.same];
      for (const { name, then, now } of changed.slice(0, 2)) {
        parts.push(fill(words.change, {
          segment: name, before: write.number(then[0]), after: write.number(now[0]), change: write.signed(now[0] - then[0]),
          money_before: write.money(then[1]), money_after: write.money(now[1]),
        }));
      }
      summary.textContent = parts.join(words.space);
      reset.disabled = state.map === 0 && state.value === -1 && state.cuts.every((cuts, axis) => cuts.every((place, number) => place === today[axis][number]));
    };

    panel.append(make("p", "invite", words.lead), choices, scales, reset, summary, table, make("p", "note", words.note));
    show();
    box.append(panel);
    box.classList.add("live");
  };

  document.querySelectorAll(".whatif").forEach(build);
})();

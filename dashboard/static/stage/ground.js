// Where everything stands: bands for the centre, the branches, the workplaces and the council.

function planSociety(store, width, height) {
  const layout = store.layout;
  const gutter = width > 560 ? 92 : 0;
  const head = gutter ? 0 : 13;
  const bands = { centre: 20 + head, heads: 53 + head * 2.2, council: height - (gutter ? 16 : 15) };
  const area = {
    left: gutter + 4,
    right: width - 6,
    top: bands.heads + 31,
    bottom: bands.council - (gutter ? 14 : 28),
  };
  const sectors = planSectors(layout, area);
  const marks = planMarks(layout, sectors, bands, area);
  return { gutter, bands, area, sectors, marks, dots: planDots(layout, sectors), width };
}

// Choose the number of rows that gives the workplaces the most room.
function planSectors(layout, area) {
  const office = layout.office;
  const groups = new Map();
  office.tier.forEach((tier, index) => {
    if (tier !== 0) return;
    const sector = office.sector[index];
    if (!groups.has(sector)) groups.set(sector, []);
    groups.get(sector).push({ index, workplace: office.workplace[index] });
  });
  const [wide, high] = [area.right - area.left, area.bottom - area.top];
  const gap = groups.size > 30 ? 1 : wide > 560 ? 12 : 6;
  const room = (rows) => {
    const columns = [...groups.values()].reduce((sum, g) => sum + Math.ceil(g.length / rows), 0);
    const tile = [(wide - gap * (groups.size - 1)) / columns, high / rows];
    return { rows, columns, tile, worth: Math.min(tile[0], tile[1] * 1.05) };
  };
  const most = Math.max(...[...groups.values()].map((group) => group.length));
  let best = room(1);
  for (let rows = 2; rows <= most; rows += 1) if (room(rows).worth > best.worth) best = room(rows);
  const [tileWidth, tileHeight] = best.tile;
  let left = area.left;
  return [...groups.entries()].map(([sector, members]) => {
    const columns = Math.ceil(members.length / best.rows);
    const rows = Math.ceil(members.length / columns);
    const pad = tileWidth > 14 ? 2 : 0.5;
    const tiles = members.map((member, place) => ({
      ...member,
      x: left + (place % columns) * tileWidth + pad,
      y: area.top + Math.floor(place / columns) * tileHeight + pad,
      width: tileWidth - 2 * pad,
      height: tileHeight - 2 * pad,
    }));
    const group = { sector, tiles, rows, left, width: columns * tileWidth };
    left += columns * tileWidth + gap;
    return group;
  });
}

function planMarks(layout, sectors, bands, area) {
  const office = layout.office;
  const ranks = { 1: [], 2: [], 3: [] };
  const marks = office.tier.map((tier, index) => {
    if (tier > 0) ranks[tier].push(index);
    return { index, tier, x: 0, y: 0, radius: 5, diversion: 0, goal: 0, signed: 0, signedGoal: 0 };
  });
  for (const group of sectors) {
    for (const tile of group.tiles) {
      const radius = Math.max(1.6, Math.min(6.5, tile.width / 7, tile.height / 6));
      const place = { x: tile.x + tile.width / 2, y: tile.y + radius * 1.4 + 1, radius };
      Object.assign(marks[tile.index], place);
      tile.top = place.y + radius * 1.45;
    }
  }
  const branch = new Map();
  for (const index of ranks[1]) {
    const key = office.branch[index];
    branch.set(key, [...(branch.get(key) || []), index]);
  }
  for (const [key, members] of branch) {
    const under = sectors.filter((group) => group.tiles.some((t) => office.branch[t.index] === key));
    const left = under.length ? under[0].left : area.left;
    const right = under.length ? under.at(-1).left + under.at(-1).width : area.right;
    spread(marks, members, left, right, bands.heads, 8, 22);
  }
  const middle = (area.left + area.right) / 2;
  const half = Math.min((area.right - area.left) / 2, 24 * ranks[2].length);
  spread(marks, ranks[2], middle - half, middle + half, bands.centre, 10, 60);
  const seat = Math.max(1.5, Math.min(5.5, (area.right - area.left) / ranks[3].length / 2.6));
  spread(marks, ranks[3], area.left, area.right, bands.council, seat, 1e9);
  return marks;
}

function spread(marks, members, left, right, y, radius, widest) {
  const pitch = Math.min(widest, (right - left) / members.length);
  const start = (left + right) / 2 - (pitch * (members.length - 1)) / 2;
  members.forEach((index, place) => {
    const size = Math.max(1.5, Math.min(radius, pitch / 2.4));
    Object.assign(marks[index], { x: start + place * pitch, y, radius: size });
  });
}

function planDots(layout, sectors) {
  const tiles = new Map();
  for (const group of sectors) for (const tile of group.tiles) tiles.set(tile.workplace, tile);
  const members = new Map();
  layout.person.workplace.forEach((workplace, row) => {
    if (!members.has(workplace)) members.set(workplace, []);
    members.get(workplace).push(row);
  });
  const dots = { x: new Float32Array(layout.dots.length), y: new Float32Array(layout.dots.length), radius: 2 };
  for (const [workplace, rows] of members) {
    const tile = tiles.get(workplace);
    if (!tile) continue;
    const [wide, high] = [tile.width - 4, tile.y + tile.height - 2 - tile.top];
    const columns = Math.max(1, Math.min(rows.length, Math.round(Math.sqrt((rows.length * wide) / Math.max(4, high)))));
    const lines = Math.ceil(rows.length / columns);
    const pitch = Math.min(wide / columns, high / lines, 11);
    dots.radius = Math.min(dots.radius === 2 ? 9 : dots.radius, Math.max(0.7, pitch * 0.36));
    const left = tile.x + tile.width / 2 - (pitch * (columns - 1)) / 2;
    const top = tile.top + (high - pitch * (lines - 1)) / 2;
    rows.forEach((row, place) => {
      dots.x[row] = left + (place % columns) * pitch;
      dots.y[row] = top + Math.floor(place / columns) * pitch;
    });
  }
  return dots;
}

function drawGround(context, plan, look) {
  const { colours } = look;
  const { bands, area, sectors, marks } = plan;
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  const planners = marks.filter((mark) => mark.tier === 2);
  const heads = marks.filter((mark) => mark.tier === 1);
  const middle = (area.left + area.right) / 2;
  const joint = (bands.centre + bands.heads) / 2 + 1;
  context.beginPath();
  context.moveTo(middle, bands.centre);
  context.lineTo(middle, joint);
  if (planners.length > 1) {
    context.moveTo(planners[0].x, bands.centre);
    context.lineTo(planners.at(-1).x, bands.centre);
  }
  if (heads.length) {
    context.moveTo(Math.min(middle, heads[0].x), joint);
    context.lineTo(Math.max(middle, heads.at(-1).x), joint);
  }
  for (const mark of heads) {
    context.moveTo(mark.x, joint);
    context.lineTo(mark.x, area.top - 17);
  }
  context.stroke();
  for (const group of sectors) {
    for (const tile of group.tiles) {
      context.fillStyle = colours.tile;
      roundRect(context, tile.x, tile.y, tile.width, tile.height, Math.min(4, tile.width / 6));
      context.fill();
    }
  }
  context.strokeStyle = colours.control;
  context.globalAlpha = 0.35;
  context.beginPath();
  context.moveTo(area.left, bands.council);
  context.lineTo(area.right, bands.council);
  context.stroke();
  context.globalAlpha = 1;
}

// The names of branches and bands, over whatever lines run behind them.
function drawNames(context, plan, store, look) {
  const { colours, font } = look;
  const { words } = store;
  const { bands, area, gutter, sectors } = plan;
  context.font = `11px ${font}`;
  context.textBaseline = "middle";
  context.fillStyle = colours.soft;
  context.textAlign = "center";
  for (const group of sectors.length <= 12 ? sectors : []) {
    const name = words.sector(store.layout, group.sector);
    label(context, name, group.left + group.width / 2, area.top - 9, group.width + 6, colours);
  }
  context.textAlign = "left";
  const names = [
    ["dashboard.band_centre", bands.centre, 10],
    ["dashboard.band_heads", bands.heads, bands.heads - 15],
    ["ui.workplaces", (area.top + area.bottom) / 2, null],
    ["ui.council", bands.council, bands.council - 17],
  ];
  for (const [key, y, above] of names) {
    if (gutter) label(context, words.say(key), 0, y, gutter - 6, null);
    else if (above !== null) {
      const text = words.say(key);
      const ink = context.fillStyle;
      context.fillStyle = colours.paper;
      context.fillRect(0, above - 7, shortened(context, text, 120)[1] + 6, 13);
      context.fillStyle = ink;
      label(context, text, 2, above, 120, null);
    }
  }
}

// Goods that go astray run up the lines on which they should have gone elsewhere, the thicker the more.
function drawGoods(context, plan, colours) {
  const { area, bands, marks, sectors } = plan;
  context.strokeStyle = colours.take;
  context.globalAlpha = 0.45;
  const stem = (mark, x, from, to) => {
    if (!mark.held || mark.take < 0.3) return;
    context.lineWidth = Math.min(6, 0.8 * Math.sqrt(mark.take));
    context.beginPath();
    context.moveTo(x, from);
    context.lineTo(x, to);
    context.stroke();
  };
  for (const group of sectors) {
    for (const tile of group.tiles) stem(marks[tile.index], marks[tile.index].x, tile.y + tile.height - 2, marks[tile.index].y);
  }
  for (const mark of marks) {
    if (mark.tier === 1) stem(mark, mark.x, area.top - 17, mark.y);
    if (mark.tier === 2) stem(mark, mark.x, (bands.centre + bands.heads) / 2 + 1, mark.y);
  }
  context.globalAlpha = 1;
}

// Favours: from an official to the delegate who lives on them, and to the superior who keeps silent.
function drawFavours(context, plan, layout, colours) {
  const { marks } = plan;
  context.strokeStyle = colours.take;
  context.lineWidth = 1;
  context.setLineDash([3, 2.5]);
  for (const mark of marks) {
    if (!mark.held || !mark.favours || mark.favours === 255) continue;
    const other = marks[mark.tier === 3 ? mark.favours - 1 : layout.office.superior[mark.index]];
    if (!other) continue;
    context.globalAlpha = mark.tier === 3 ? 0.55 : 0.28;
    const half = (mark.y + other.y) / 2;
    context.beginPath();
    context.moveTo(other.x, other.y);
    context.bezierCurveTo(other.x, half, mark.x, half, mark.x, mark.y);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

// A name, shortened where there is no room, and how wide it is; known once it was measured.
const MEASURED = new Map();

function shortened(context, text, room) {
  const key = `${context.font}/${Math.round(room)}/${text}`;
  if (!MEASURED.has(key)) {
    if (MEASURED.size > 500) MEASURED.clear();
    let shown = text;
    while (shown.length > 3 && context.measureText(shown).width > room) {
      shown = `${shown.replace(/…$/, "").slice(0, -1).trimEnd()}…`;
    }
    MEASURED.set(key, [shown, context.measureText(shown).width]);
  }
  return MEASURED.get(key);
}

// Write a name on a ground that keeps lines away from it.
function label(context, text, x, y, room, colours) {
  const [shown, wide] = shortened(context, text, room);
  if (wide > room + 4) return;
  if (colours) {
    const ink = context.fillStyle;
    context.fillStyle = colours.paper;
    context.fillRect(x - wide / 2 - 2, y - 7, wide + 4, 14);
    context.fillStyle = ink;
  }
  context.fillText(shown, x, y);
}

function roundRect(context, x, y, width, height, radius) {
  context.beginPath();
  context.roundRect(x, y, Math.max(1, width), Math.max(1, height), Math.max(0, radius));
}

// People: the darker the dot, the better met the needs; those who take part are ringed in colour.
function drawPeople(context, plan, people, colours) {
  const { x, y, radius } = plan.dots;
  const classes = colours.met.length;
  const groups = Array.from({ length: classes + 1 }, () => []);
  people.forEach((state, row) => {
    const met = Math.min(classes - 1, Math.floor(((state >> 2) / 64) * classes));
    groups[state & 1 ? classes : met].push(row);
  });
  const full = 2 * Math.PI;
  groups.forEach((rows, group) => {
    const engaged = group === classes;
    context.fillStyle = engaged ? colours.control : colours.met[group];
    context.beginPath();
    for (const row of rows) {
      const size = engaged ? radius * 1.12 : radius * (0.62 + (0.38 * group) / (classes - 1));
      context.moveTo(x[row] + size, y[row]);
      context.arc(x[row], y[row], size, 0, full);
    }
    context.fill();
  });
}

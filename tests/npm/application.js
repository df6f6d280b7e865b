// An application as operators' customers write them: ussd-builder's menu behind JSON lines. Each line of standard input is one request,
// {"menu": ..., "provider": "africasTalking" | "hubtel", "args": what the operator posts}; each line of standard output its answer.
"use strict";
const readline = require("readline");
const UssdMenu = require("ussd-builder");

function build(provider) {
    const menu = new UssdMenu({ provider });
    const kept = {};
    menu.sessionConfig({
        start: (id) => { kept[id] = kept[id] || {}; return Promise.resolve(); },
        end: (id) => { delete kept[id]; return Promise.resolve(); },
        set: (id, key, value) => { (kept[id] = kept[id] || {})[key] = value; return Promise.resolve(value); },
        get: (id, key) => Promise.resolve((kept[id] || {})[key]),
    });
    menu.startState({ run: () => menu.con("Сонго\n1 A\n2 B\n0 Гарах"), next: { 1: "number", 2: "word", 0: "bye" } });
    menu.state("number", { run: () => menu.con("A number, " + menu.args.phoneNumber), next: { "*^\\d+$": "number.done" } });
    menu.state("number.done", { run: () => menu.end("You said " + menu.val) });
    menu.state("word", { run: () => menu.con("Үг бичнэ үү"), next: { 0: "bye", "*^.{1,20}$": "word.again" } });
    menu.state("word.again", { run: () => menu.con(menu.val + "? 1 = yes"), next: { 1: "bye", 2: "word" } });
    menu.state("bye", { run: () => menu.end("Баяртай " + menu.args.sessionId) });
    menu.on("error", (error) => { throw error; });
    return menu;
}

const menus = {};
let queue = Promise.resolve();
readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const { menu, provider, args } = JSON.parse(line);
    menus[menu] = menus[menu] || build(provider);
    queue = queue.then(() => new Promise((done) => menus[menu].run(args, (result) => {
        process.stdout.write(JSON.stringify(result) + "\n");
        done();
    })));
});

/* Who is named as involved: the police, an official or the hotline itself; and who is only called or told. */
#include "cm.h"

#include <string.h>

#include "core/triage/triage.h"

static struct triage_rules *rules;

static int setup(void **state)
{
	struct hl_reason why = { "" };

	(void)state;
	if (triage_load(HL_SRCDIR "/etc/triage", &rules, &why))
		print_error("%s\n", why.text);
	return rules ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	triage_free(rules);
	return 0;
}

static const struct { const char *text; bool conflict; } rows[] = {
	/* Cyrillic */
	{ "Нэг цагдаа охидыг буудалд авчирдаг", true },
	{ "Эзэн нь цагдаад танилтай гэсэн, охид байдаг", true },
	{ "Хүүхдүүдийг зүтгүүлдэг хүн нь цагдаа", true },
	{ "Цагдаа нар мэддэг ч дуугүй байдаг", true },
	{ "Байцаагч нь хахууль аваад явдаг, хүүхдүүд ажиллаж байна", true },
	{ "Хилийн цэрэг мөнгө аваад гаргаж өгдөг", true },
	{ "Шүүгч хүн өөрөө охидыг захиалдаг", true },
	{ "Хорооны дарга өөрөө хүүхдүүдээр ажил хийлгэдэг", true },
	{ "Танай ажилтан миний дугаарыг тэдэнд хэлчихсэн", true },
	{ "Цагдаагийн дүрэмт хувцастай хүн ирж үйлчлүүлдэг", true },
	{ "Цагдаад битгий хэлээрэй, тэр өөрөө цагдаа", true },
	{ "Засаг дарга нь өөрийнхөө ферм дээр хүүхэд ажиллуулдаг", true },
	{ "Цагдаа дуудаач, хүүхэд зодоод байна", false },
	{ "Цагдаа хурдан ирээч", false },
	{ "Би цагдаад хэлсэн, одоо яах вэ", false },
	{ "Цагдаад хэлбэл ална гэсэн", false },
	{ "Хүүхэд зодоод байна, цагдаа явуулаарай", false },
	{ "Цагдаагийн утас хэд вэ", false },
	{ "Та нар цагдаа юу?", false },
	{ "15 настай охин буудалд байна", false },
	{ "Ажлын дарга паспорт хураасан", false },
	/* Latin letters */
	{ "neg tsagdaa ohidiig buudald avchirdag", true },
	{ "ezen ni tsagdaad taniltai gsn", true },
	{ "tsagdaa nar medej bj duugui bdg", true },
	{ "baitsaagch ni mungu avaad duugui", true },
	{ "hiliin tsereg mungu avaad ohidiig gargadag", true },
	{ "hoid aav ni tsagdaa hun bdg huuhdee zoddog", true },
	{ "tanai ajiltan minii dugaariig teded helchihsen", true },
	{ "tsagdaa duudaach huuhed zodood bna", false },
	{ "tsagdaad helsen ch toosongui", false },
	{ "tsagdaad helvel alna gsn", false },
	{ "tsagdaa hurdan ireech", false },
	{ "ta nar tsagdaa yu", false },
	/* substitute letters */
	{ "Цагдаа хvн єєрєє охидтой ирдэг", true },
	{ "Байцаагч нь мєнгє авдаг, хvvхдvvд ажиллаж байна", true },
	{ "Шvvгч хvн vйлчлvvлдэг гэсэн", true },
	{ "Цагдаа дуудаач, хvvхэд зодоод байна", false },
	{ "Цагдаад мэдэгдсэн, хvvхдийг аваагvй", false },
	/* English */
	{ "a police officer brings girls to this hotel", true },
	{ "the owner pays the police every month, kids work there all night", true },
	{ "her stepfather is a policeman and he beats her", true },
	{ "border guard lets them through with the girls, he gets a cut", true },
	{ "the inspector knows children work there and he takes money", true },
	{ "please dont tell the police, they are in on it", true },
	{ "your operator gave my number to him", true },
	{ "please call the police, a child is being beaten", false },
	{ "I told the police last week, nobody came", false },
	{ "police please come quickly", false },
	{ "is this the police?", false },
	{ "if I go to the police he will kill me", false },
	{ "a girl is locked in a flat in Bayanzurkh", false },
	{ "help, a police officer sells her to truck drivers", true },
	{ "a cop keeps her in a flat and rents her out", true },
	{ "The inspector forces the kids to work in his yard", true },
	{ "he is a detective and beats my sister every night", true },
	{ "an official from the province bought a girl", true },
	{ "border guard sold two children tonight", true },
	{ "the judge hides the girl in his summer house", true },
	{ "please call the police, a man sells girls", false },
	{ "The police know. He sells a girl of 14 to men", false },
	{ "He sells girls. Police came", false },
	{ "he sells girls, the man is police", true },
	{ "a police officer moves girls over the border at night", true },
	{ "the officer at the desk was kind, thank you", false },
	{ "Байцаагч хүн охидыг зардаг", true },
	{ "baitsaagch hun huuhduudiig ajilluulj bn", true },
	{ "Шүүгч нь охиныг хүчилсэн гэсэн", true },
	/* mixed */
	{ "hotel-ийн эзэн police-той найзууд, tsagdaa нар мэддэг", true },
	{ "цагдаа officer өөрөө club-ээс girls авч явдаг", true },
	{ "help, police дуудаач, door түгжээтэй", false },
};

static void test_conflict(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_verdict v;
		triage_classify(rules, rows[i].text, strlen(rows[i].text), &v);
		if (v.conflict != rows[i].conflict)
			fail_msg("%s: %s", rows[i].text, v.conflict ? "conflict" : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_conflict) };

	return cmocka_run_group_tests(tests, setup, teardown);
}

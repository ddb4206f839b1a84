"""What an explanation of a bill says, by language and name."""

ON_BILLS: dict[str, dict[str, str]] = {
    "ru": {
        # Who took a reading
        "reading.initial": "при установке счетчика",
        "reading.customer": "переданы Вами",
        "reading.supplier": "контрольные",
        "reading.final": "при снятии счетчика",
        # Groups of lines
        "group.charge": "Электроэнергия",
        "group.recalculation": "Перерасчеты",
        "group.benefit": "Льготы",
        "group.penalty": "Пени",
        "group.earlier": "Прежняя система расчетов",
        # Titles of lines
        "title.metered": "По показаниям",
        "title.average": "По среднему расходу за {month:name}",
        "title.norm": "По нормативу за {month:name}",
        "title.back": "Возврат за {month:name}",
        "title.corrected": "Исправление показаний",
        "title.penalty": "Пени по {until}",
        "title.earlier": "Начислено",
        "title.meter": "{title}, счетчик № {meter}",
        "title.zone": "{title}, {zone}",
        "title.range": "{title}, {number}-й диапазон",
        # Names of figures
        "fact.meter": "Счетчик",
        "fact.previous": "Предыдущие показания, {day} ({source})",
        "fact.current": "Текущие показания, {day} ({source})",
        "fact.mistaken": "Ошибочные показания, {day} ({source})",
        "fact.right": "Верные показания, {day} ({source})",
        "fact.ratio": "Коэффициент трансформации",
        "fact.billed": "Уже начислено без показаний",
        "fact.norm": "Норматив на человека",
        "fact.persons": "Проживает",
        "fact.volume": "Расход",
        "fact.estimated": "Расход (расчетный)",
        "fact.part": "Из него в этой строке",
        "fact.range": "Диапазон потребления",
        "fact.price": "Тариф",
        "fact.percent": "Скидка",
        "fact.limit": "Льготный объем в месяц",
        "fact.discounted": "Начислено до льготы",
        "fact.amount": "Начислено",
        "fact.vat": "В том числе НДС {rate} %",
        "kwh": "{value} кВт·ч",
        "persons": "{value:человек|человека|человек}",
        "price": "{value:price} руб./кВт·ч",
        "percent": "{value} %",
        "money": "{value} ₽",
        "range.up_to": "до {to} кВт·ч включительно",
        "range.between": "от {over} до {to} кВт·ч включительно",
        "range.over": "свыше {over} кВт·ч",
        # By readings
        "meter": "Счетчик № {meter}.",
        "meter.zone": "Счетчик № {meter}, зона: {zone}.",
        "counted.readings": "Показания: {previous} на {previous_on} ({previous_by}), "
        "{current} на {current_on} ({current_by}).",
        "counted.difference": "Разница: {current} − {previous} = {difference}.",
        "counted.rolled_over": "Счетчик дошел до {modulus} и начал с нуля: "
        "{modulus} + {current} − {previous} = {difference}.",
        "counted.ratio": "С коэффициентом трансформации: {difference} × {ratio} = {kwh} кВт·ч.",
        "counted.billed": "Из них {estimated} кВт·ч уже начислены, пока показаний не было.",
        "counted.billed.month": "{month:name}: {volume} кВт·ч",
        "counted.left": "Осталось начислить: {counted} − {estimated} = {volume} кВт·ч.",
        "counted.too_much": "Начислено было больше, чем прошло через счетчик: "
        "{counted} − {estimated} = {volume} кВт·ч.",
        "back": "Возвращаем {volume} кВт·ч из начисленных за {month:name}, по той же цене.",
        # Without readings
        "cause.reading_missed": "Показания за {month:name} не переданы.",
        "cause.meter_failed": "За {month:name} показаний нет: счетчик неисправен.",
        "cause.meter_lost": "За {month:name} показаний нет: счетчик утрачен.",
        "cause.verification_over": "За {month:name} показания не учтены: истек срок поверки счетчика.",
        "cause.access_refused": "За {month:name} показаний нет: к счетчику не допустили.",
        "cause.access_refused_twice": "За {month:name} показаний нет: к счетчику не допустили дважды.",
        "reason.average_within_term": "Без показаний подряд: {missed:месяц|месяца|месяцев}. "
        "До {periods:месяца|месяцев|месяцев} подряд начисляют по среднему расходу.",
        "reason.average_until_restored": "Пока учет не восстановлен, начисляют по среднему расходу.",
        "reason.norm_after_term": "Без показаний подряд: {missed:месяц|месяца|месяцев}. "
        "По среднему начисляют не больше {periods:месяца|месяцев|месяцев}, дальше по нормативу.",
        "reason.norm_for_want_of_history": "Чтобы найти средний расход, месяцев с показаниями "
        "слишком мало, поэтому начислено по нормативу.",
        "reason.norm_at_once": "В этом случае начисляют сразу по нормативу.",
        "average": "Средний расход: {measured} кВт·ч за {months:месяц|месяца|месяцев}, "
        "в месяц {volume} кВт·ч.",
        "average.rounded": "Средний расход: {measured} кВт·ч за {months:месяц|месяца|месяцев}, "
        "в месяц с округлением {volume} кВт·ч.",
        "average.part": "Средний расход: {measured} кВт·ч за {months:месяц|месяца|месяцев}. "
        "Счетчик работал не весь месяц, доля его дней {share}: {volume} кВт·ч.",
        "average.month": "{month:name}: {volume} кВт·ч",
        "norm": "Норматив: {norm} кВт·ч в месяц на человека, проживает "
        "{persons:человек|человека|человек}.",
        "norm.coefficient": "Повышающий коэффициент: {coefficient}.",
        "norm.share": "Доля этого счетчика, его зоны и дней: {share}.",
        "norm.volume": "{factors} = {volume} кВт·ч.",
        "estimate.settled": "Когда будут показания, расход уточним: лишнее вернем, "
        "недостающее доначислим.",
        # A correction
        "corrected.readings": "Показания {mistaken} на {day} ({mistaken_by}) исправлены: "
        "верные {right} ({right_by}).",
        "corrected.difference": "Разница: {difference}.",
        # Consumption ranges
        "range.exempt": "Диапазоны потребления к этому счету не применяются: "
        "весь расход по цене первого.",
        "range.only": "Весь расход поместился в 1-й диапазон: {range} в месяц.",
        "range.number": "{number}-й диапазон: {range} в месяц.",
        "range.months": "Расход за {months:месяц|месяца|месяцев}, поэтому границы "
        "во столько же раз больше.",
        "range.proportional": "Границы общие для всего счета и делятся по расходу: здесь {zone} из "
        "{account} кВт·ч.",
        "range.night_first": "Диапазоны заполняет сначала ночь.",
        "range.day_first": "Диапазоны заполняет сначала день.",
        "range.before": "До этого другие зоны заполнили {before} кВт·ч.",
        "range.billed": "Первые {billed} кВт·ч уже начислены.",
        "range.own": "Для этого расхода диапазон: {range}.",
        "range.volume": "В диапазон попало {volume} кВт·ч.",
        # Price and tax
        "price.from": "Цена {price:price} ₽ за кВт·ч действует с {day}.",
        "price.unknown": "Цена {price:price} ₽ за кВт·ч.",
        "amount": "{volume} × {price:price} = {amount} ₽.",
        "amount.rounded": "{volume} × {price:price} = {exact}, до копейки {amount} ₽.",
        "vat": "В этой сумме есть НДС {rate} %: {vat} ₽.",
        # Benefits
        "benefit.charged": "За электроэнергию начислено {charged} ₽ за {volume} кВт·ч.",
        "benefit.limit": "Льгота действует на первые {limit} кВт·ч в месяц.",
        "benefit.whole": "{charged} × {percent} % = {discount} ₽.",
        "benefit.part": "{charged} × {limit} / {volume} × {percent} % = {discount} ₽.",
        # Penalties
        "penalty.debt": "Счет за {period:name} нужно было оплатить по {due}.",
        "penalty.row": "{first} – {last}: {debt} × {rate} % × {share} × "
        "{days:день|дня|дней} = {amount:exact} ₽",
        "penalty.none": "Дней, за которые положены пени, нет",
        "penalty.before": "Раньше начислено {before:exact} ₽, теперь {added:exact} ₽",
        "penalty.amount": "Всего {exact:exact} ₽, до копейки {amount} ₽.",
        "penalty.once": "На пени новые пени не начисляются.",
        # Rules
        "rule.counted": "Расход по счетчику × тариф: ПП РФ № 354, п. 42 и приложение 2, формула 1.",
        "rule.settled": "Расход по счетчику без уже начисленного: ПП РФ № 354, п. 42 и 61.",
        "rule.average": "Среднемесячный расход × тариф: {clause}.",
        "rule.norm": "Норматив × число проживающих × тариф: {clause}.",
        "rule.back": "Возврат по той цене, по которой было начислено: ПП РФ № 354, п. 61.",
        "rule.corrected": "Перерасчет по исправленным показаниям: ПП РФ № 354, п. 61.",
        "rule.benefit": "Скидка с начисленного за электроэнергию, до копейки.",
        "rule.penalty": "ЖК РФ, ст. 155, ч. 14. С 2016 года до 30-го дня просрочки пеней нет, "
        "с 31-го 1/300 ставки за день, с 91-го 1/130.",
        "rule.earlier": "Сумма из счета прежней системы, подробностей она не передала.",
        # The whole bill
        "bill": "Счет {number} за {month:name}, выставлен {day}",
        "bill.earlier": "Счет {number} за {month:name}",
        "result.debt": "Долг на начало: {opening} ₽.",
        "result.overpaid": "Переплата на начало: {opening} ₽.",
        "result.clear": "На начало долга не было.",
        "result.charged": "Начислено: {charged} ₽.",
        "result.penalty": "Пени: {penalty} ₽.",
        "result.payments": "Учтено платежей: {payments} ₽.",
        "result.due": "Итого по счету: {due} ₽.",
        "result.over": "Итого переплата: {over} ₽.",
        "arithmetic": "Версия правил расчета: {version}.",
        "arithmetic.earlier": "Счет выставила прежняя система расчетов.",
    },
    "en": {
        # Who took a reading
        "reading.initial": "at installation",
        "reading.customer": "handed over by you",
        "reading.supplier": "taken by the supplier",
        "reading.final": "at removal",
        # Groups of lines
        "group.charge": "Electricity",
        "group.recalculation": "Recalculations",
        "group.benefit": "Benefits",
        "group.penalty": "Late-payment penalty",
        "group.earlier": "Earlier billing system",
        # Titles of lines
        "title.metered": "By readings",
        "title.average": "By the monthly average for {month:name}",
        "title.norm": "By the norm for {month:name}",
        "title.back": "Given back for {month:name}",
        "title.corrected": "Corrected readings",
        "title.penalty": "Penalty up to {until}",
        "title.earlier": "Charged",
        "title.meter": "{title}, meter № {meter}",
        "title.zone": "{title}, {zone}",
        "title.range": "{title}, range {number}",
        # Names of figures
        "fact.meter": "Meter",
        "fact.previous": "Previous reading, {day} ({source})",
        "fact.current": "Current reading, {day} ({source})",
        "fact.mistaken": "Mistaken reading, {day} ({source})",
        "fact.right": "Right reading, {day} ({source})",
        "fact.ratio": "Transformation ratio",
        "fact.billed": "Charged without readings before",
        "fact.norm": "Norm for one person",
        "fact.persons": "Persons",
        "fact.volume": "Consumption",
        "fact.estimated": "Consumption (estimated)",
        "fact.part": "Of it in this line",
        "fact.range": "Consumption range",
        "fact.price": "Rate",
        "fact.percent": "Discount",
        "fact.limit": "Discounted volume a month",
        "fact.discounted": "Charged before the discount",
        "fact.amount": "Charged",
        "fact.vat": "VAT of {rate} % inside",
        "kwh": "{value} kWh",
        "persons": "{value:person|persons}",
        "price": "{value:price} roubles/kWh",
        "percent": "{value} %",
        "money": "{value} ₽",
        "range.up_to": "up to {to} kWh inclusive",
        "range.between": "from {over} to {to} kWh inclusive",
        "range.over": "above {over} kWh",
        # By readings
        "meter": "Meter № {meter}.",
        "meter.zone": "Meter № {meter}, zone: {zone}.",
        "counted.readings": "Readings: {previous} on {previous_on} ({previous_by}), "
        "{current} on {current_on} ({current_by}).",
        "counted.difference": "Difference: {current} − {previous} = {difference}.",
        "counted.rolled_over": "The meter reached {modulus} and began anew: "
        "{modulus} + {current} − {previous} = {difference}.",
        "counted.ratio": "By the transformation ratio: {difference} × {ratio} = {kwh} kWh.",
        "counted.billed": "{estimated} kWh of it were charged while there were no readings.",
        "counted.billed.month": "{month:name}: {volume} kWh",
        "counted.left": "Left to charge: {counted} − {estimated} = {volume} kWh.",
        "counted.too_much": "More was charged than went through the meter: "
        "{counted} − {estimated} = {volume} kWh.",
        "back": "{volume} kWh of those charged for {month:name} are given back at the same price.",
        # Without readings
        "cause.reading_missed": "No reading was handed over for {month:name}.",
        "cause.meter_failed": "There is no reading for {month:name}: the meter failed.",
        "cause.meter_lost": "There is no reading for {month:name}: the meter is lost.",
        "cause.verification_over": "Readings for {month:name} do not count: "
        "the verification of the meter is over.",
        "cause.access_refused": "There is no reading for {month:name}: "
        "access to the meter was refused.",
        "cause.access_refused_twice": "There is no reading for {month:name}: "
        "access to the meter was refused twice.",
        "reason.average_within_term": "Without readings in a row: {missed:month|months}. "
        "Up to {periods:month|months} in a row the average is charged.",
        "reason.average_until_restored": "Until metering is restored, the average is charged.",
        "reason.norm_after_term": "Without readings in a row: {missed:month|months}. "
        "The average is charged for {periods:month|months} at most, then the norm.",
        "reason.norm_for_want_of_history": "Too few months have readings to make an average of, "
        "so the norm is charged.",
        "reason.norm_at_once": "In this case the norm is charged at once.",
        "average": "Average: {measured} kWh in {months:month|months}, {volume} kWh a month.",
        "average.rounded": "Average: {measured} kWh in {months:month|months}, "
        "rounded {volume} kWh a month.",
        "average.part": "Average: {measured} kWh in {months:month|months}. "
        "The meter did not work all the month, the share of its days is {share}: {volume} kWh.",
        "average.month": "{month:name}: {volume} kWh",
        "norm": "Norm: {norm} kWh a month for one person, {persons:person lives|persons live} here.",
        "norm.coefficient": "Raising coefficient: {coefficient}.",
        "norm.share": "Share of this meter, its zone and its days: {share}.",
        "norm.volume": "{factors} = {volume} kWh.",
        "estimate.settled": "Once there is a reading, the next bill settles the difference: "
        "what was too much is given back, what is missing is charged.",
        # A correction
        "corrected.readings": "The reading {mistaken} on {day} ({mistaken_by}) was corrected: "
        "the right one is {right} ({right_by}).",
        "corrected.difference": "Difference: {difference}.",
        # Consumption ranges
        "range.exempt": "Consumption ranges do not apply to this account: "
        "all is charged at the price of the first one.",
        "range.only": "All consumption is in range 1: {range} a month.",
        "range.number": "Range {number}: {range} a month.",
        "range.months": "This is the consumption of {months:month|months}, so the bounds are as many "
        "times as high.",
        "range.proportional": "The bounds are for the whole account, shared by consumption: "
        "{zone} of {account} kWh here.",
        "range.night_first": "Night fills the ranges first.",
        "range.day_first": "Day fills the ranges first.",
        "range.before": "Before that, other zones filled {before} kWh.",
        "range.billed": "The first {billed} kWh were charged before.",
        "range.own": "For this consumption the range is {range}.",
        "range.volume": "{volume} kWh are in the range.",
        # Price and tax
        "price.from": "The price of {price:price} ₽ per kWh is in force from {day}.",
        "price.unknown": "The price is {price:price} ₽ per kWh.",
        "amount": "{volume} × {price:price} = {amount} ₽.",
        "amount.rounded": "{volume} × {price:price} = {exact}, to the kopeck {amount} ₽.",
        "vat": "VAT of {rate} % is inside: {vat} ₽.",
        # Benefits
        "benefit.charged": "{charged} ₽ are charged for {volume} kWh of electricity.",
        "benefit.limit": "The discount is for the first {limit} kWh a month.",
        "benefit.whole": "{charged} × {percent} % = {discount} ₽.",
        "benefit.part": "{charged} × {limit} / {volume} × {percent} % = {discount} ₽.",
        # Penalties
        "penalty.debt": "The bill for {period:name} was to be paid by {due}.",
        "penalty.row": "{first} – {last}: {debt} × {rate} % × {share} × "
        "{days:day|days} = {amount:exact} ₽",
        "penalty.none": "There are no days that cost a penalty",
        "penalty.before": "Charged before: {before:exact} ₽, now: {added:exact} ₽",
        "penalty.amount": "Altogether {exact:exact} ₽, to the kopeck {amount} ₽.",
        "penalty.once": "There is no penalty on a penalty.",
        # Rules
        "rule.counted": "Metered consumption × rate: "
        "ПП РФ № 354 (the Rules), п. 42 and Annex 2, formula 1.",
        "rule.settled": "Metered consumption less what was charged before: ПП РФ № 354, п. 42 and 61.",
        "rule.average": "Monthly average × rate: {clause}.",
        "rule.norm": "Norm × persons × rate: {clause}.",
        "rule.back": "Given back at the price at which it was charged: ПП РФ № 354, п. 61.",
        "rule.corrected": "Recalculated by corrected readings: ПП РФ № 354, п. 61.",
        "rule.benefit": "A discount on what is charged for electricity, to the kopeck.",
        "rule.penalty": "ЖК РФ (Housing Code), ст. 155, ч. 14. Since 2016 nothing up to the 30th day "
        "late, from the 31st 1/300 of the rate a day, from the 91st 1/130.",
        "rule.earlier": "The sum of a bill of the earlier system, which told no details.",
        # The whole bill
        "bill": "Bill {number} for {month:name}, issued on {day}",
        "bill.earlier": "Bill {number} for {month:name}",
        "result.debt": "Debt at the start: {opening} ₽.",
        "result.overpaid": "Overpayment at the start: {opening} ₽.",
        "result.clear": "Nothing was owed at the start.",
        "result.charged": "Charged: {charged} ₽.",
        "result.penalty": "Penalty: {penalty} ₽.",
        "result.payments": "Payments counted: {payments} ₽.",
        "result.due": "Total due: {due} ₽.",
        "result.over": "Total overpayment: {over} ₽.",
        "arithmetic": "Version of the arithmetic: {version}.",
        "arithmetic.earlier": "An earlier billing system issued the bill.",
    },
}

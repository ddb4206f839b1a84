"""Russian sentences by the code of the error: what is the matter, and how to mend it."""

_UNAVAILABLE = ("Кабинет сейчас недоступен.", "Попробуйте еще раз немного позже.")

RUSSIAN: dict[str, tuple[str, str]] = {
    "elkk": ("Что-то пошло не так.", "Попробуйте еще раз немного позже."),
    # Common to all
    "shared.form_rejected": ("Некоторые поля заполнены неверно.", "Исправьте отмеченные поля."),
    "shared.batch_rejected": (
        "Файл не принят: ни одна строка не записана.",
        "Исправьте перечисленные ошибки и загрузите файл целиком еще раз.",
    ),
    "shared.field_required": ("Обязательно для заполнения", ""),
    "shared.field_too_long": ("Не длиннее {limit:символа|символов|символов}", ""),
    "shared.duplicate_row": ("Строка повторяет одну из строк выше", ""),
    "shared.stale_state": (
        "Эти данные только что изменил кто-то другой.",
        "Обновите страницу и повторите.",
    ),
    "shared.supplier_not_found": (
        "Такого поставщика нет: {supplier}.",
        "Проверьте код поставщика.",
    ),
    "shared.account_not_found": (
        "Такого лицевого счета нет среди Ваших.",
        "Выберите счет в списке «Ваши счета» или подключите его.",
    ),
    "shared.not_an_amount": ("Введите сумму цифрами, например 1500,00", ""),
    "shared.not_a_month": ("Это не месяц: «{text}».", "Укажите его так: 2026-11."),
    "shared.not_a_window": (
        "Это не дни приема показаний: «{text}».",
        "Укажите первый и последний день так: 15-25.",
    ),
    "shared.not_a_zone": (
        "Это не зона суток: «{text}».",
        "Бывают all_day, day, night, peak и half_peak.",
    ),
    "shared.not_a_date": ("Это не дата: «{text}».", "Укажите ее так: 2026-11-22 или 22.11.2026."),
    "shared.no_such_date": ("Такого дня в календаре нет: «{text}»", ""),
    "shared.not_a_whole_number": ("Это не целое число: «{text}»", ""),
    "shared.not_a_decimal": ("Это не число: «{text}»", ""),
    "shared.not_yes_or_no": ("Здесь может быть yes или no, а не «{text}»", ""),
    "shared.not_traits": (
        "Это не признаки: «{text}».",
        "Укажите их так: stove=electric; rooms=2.",
    ),
    "shared.dates_out_of_order": ("Последний день, {last}, раньше первого, {first}", ""),
    "shared.nothing_in_force": (
        "В таблице {table} нет значения на {day}.",
        "Укажите более поздний день или дополните таблицу.",
    ),
    # Registration
    "identity.phone_malformed": ("Введите номер телефона, например +7 916 123-45-67", ""),
    "identity.phone_not_mobile": ("На этот номер не выслать SMS: нужен мобильный телефон", ""),
    "identity.email_malformed": ("Введите адрес вида name@example.ru", ""),
    "identity.name_has_forbidden_characters": ("Только буквы, пробел, дефис и апостроф", ""),
    "identity.password_too_short": ("Не короче {least:символа|символов|символов}", ""),
    "identity.password_too_long": ("Не длиннее {most:символа|символов|символов}", ""),
    "identity.password_common": (
        "Его слишком легко угадать.",
        "Придумайте другой: хороши несколько случайных слов подряд.",
    ),
    "identity.passwords_differ": ("Не совпадает с паролем", ""),
    "identity.consent_required": (
        "Без согласия зарегистрироваться нельзя.",
        "Прочитайте соглашение и нажмите «Продолжить».",
    ),
    "identity.registration_not_found": (
        "Эта регистрация уже не действует.",
        "Начните ее заново на странице входа.",
    ),
    "identity.phone_taken": (
        "Этот телефон уже зарегистрирован.",
        "Войдите с ним или восстановите пароль.",
    ),
    # Codes
    "identity.wrong_code": (
        "Код неверный.",
        "Осталось: {tries_left:попытка|попытки|попыток}.",
    ),
    "identity.code_expired": ("Код устарел.", "Запросите новый."),
    "identity.code_tries_spent": (
        "Попыток для этого кода больше нет.",
        "Запросите новый код.",
    ),
    "identity.code_used": ("Этот код уже использован.", "Войдите или начните заново."),
    "identity.code_too_soon": (
        "Код на этот номер только что выслан.",
        "Новый можно запросить через минуту.",
    ),
    "identity.too_many_codes": (
        "На этот номер сегодня выслано слишком много кодов.",
        "Следующий можно запросить после {free_at}.",
    ),
    # Signing in
    "identity.sign_in_refused": (
        "Неверный логин или пароль.",
        "Проверьте раскладку и регистр букв. По e-mail можно войти после его подтверждения.",
    ),
    "identity.sign_in_throttled": (
        "Слишком много неверных паролей.",
        "Попробуйте после {free_at} или восстановите пароль.",
    ),
    "identity.wrong_password": ("Текущий пароль неверный", ""),
    "identity.session_ended": ("Сеанс завершен.", "Войдите, пожалуйста, снова."),
    "identity.recovery_not_found": (
        "Это восстановление пароля уже не действует.",
        "Начните его заново на странице входа.",
    ),
    "identity.user_not_found": ("Такого пользователя нет.", "Проверьте телефон или e-mail."),
    # E-mail
    "identity.email_taken": (
        "Этот e-mail подтвержден в другом личном кабинете.",
        "Войдите в него или обратитесь в службу поддержки.",
    ),
    "identity.email_already_confirmed": ("E-mail уже подтвержден.", "Больше ничего не нужно."),
    "identity.confirmation_not_found": (
        "Ссылка не подходит.",
        "Возможно, она скопирована не целиком. Новое письмо можно запросить в профиле.",
    ),
    "identity.confirmation_expired": (
        "Срок действия ссылки истек.",
        "Войдите по телефону и запросите новое письмо в профиле.",
    ),
    "identity.too_many_letters": (
        "Сегодня выслано слишком много писем.",
        "Следующее можно запросить после {free_at}.",
    ),
    # Suppliers and accounts
    "accounts.supplier_code_taken": (
        "Поставщик с кодом {supplier} уже есть.",
        "Выберите другой код.",
    ),
    "accounts.supplier_code_malformed": (
        "Код поставщика пишется строчными латинскими буквами, цифрами и дефисом",
        "",
    ),
    "accounts.time_zone_unknown": (
        "Такого часового пояса нет: «{text}».",
        "Укажите имя вроде Europe/Moscow.",
    ),
    "accounts.bank_key_wrong": (
        "Контрольная цифра расчетного счета не сходится с БИК.",
        "Сверьте счет и БИК с реквизитами банка.",
    ),
    "accounts.tax_number_wrong": ("Контрольные цифры ИНН не сходятся", ""),
    "accounts.digits_expected": ("Должно быть ровно {length:цифра|цифры|цифр}", ""),
    "accounts.account_number_malformed": ("Номер лицевого счета состоит из 4–20 цифр", ""),
    "accounts.persons_malformed": ("Число проживающих — целое, от 0 до {most}", ""),
    "accounts.relation_unknown": ("Выберите статус из списка", ""),
    "accounts.wrong_security_answer": (
        "Ответ не подошел.",
        "Проверьте номер счета и сумму в квитанции за последние 6 месяцев; 0,00 не подходит.",
    ),
    "accounts.linking_locked": (
        "Слишком много неверных ответов.",
        "Попробуйте после {free_at}.",
    ),
    "accounts.already_linked": (
        "Лицевой счет {number} у Вас уже подключен.",
        "Выберите его в списке «Ваши счета».",
    ),
    # Readings
    "metering.reading_not_a_number": ("Введите показание цифрами", ""),
    "metering.reading_too_long": (
        "На счетчике только {digits:цифра|цифры|цифр} до запятой.",
        "Цифры после запятой отделите запятой или не вводите.",
    ),
    "metering.reading_too_precise": (
        "После запятой слишком много цифр: счетчик показывает {decimals}.",
        "Введите показание без лишних цифр.",
    ),
    "metering.reading_below_previous": (
        "Показание меньше предыдущего, {previous}.",
        "Проверьте число. Если счетчик заменили, обратитесь к поставщику.",
    ),
    "metering.rollover_not_confirmed": (
        "Показание меньше предыдущего, {previous}.",
        "Исправьте его. Если счетчик перешел через ноль, расход составит {volume} кВт·ч.",
    ),
    "metering.capacity_malformed": (
        "Это не значность счетчика.",
        "Укажите ее так: 5,0 или 6,2.",
    ),
    "metering.zones_malformed": ("Зон бывает 1, 2 или 3", ""),
    "metering.ratio_not_positive": ("Коэффициент трансформации не меньше 1", ""),
    "metering.source_unknown": (
        "Неизвестно, кто снял показание.",
        "Бывают initial, customer, supplier и final.",
    ),
    "metering.gap_cause_unknown": (
        "Неизвестно, почему нет учета.",
        "Бывают meter_failed, meter_lost, verification_over, access_refused и access_refused_twice.",
    ),
    "metering.submission_closed": (
        "Сейчас показания передать нельзя.",
        "Прием откроется {opens_on}, через {days:день|дня|дней}.",
    ),
    "metering.reading_in_the_future": ("Этот день еще не наступил", ""),
    "metering.meter_not_found": ("Такого счетчика на этом счете нет: {meter}", ""),
    "metering.zone_not_metered": ("У счетчика нет такой зоны", ""),
    "metering.meter_fixed": (
        "Счетчик с этим номером уже записан с другим значением ({field}).",
        "Это другой счетчик или ошибка в файле.",
    ),
    "metering.reading_already_recorded": (
        "На этот день записано другое показание, {value}.",
        "Записанные показания не меняются; чтобы исправить, укажите этот день в столбце corrects.",
    ),
    "metering.nothing_to_correct": (
        "На {taken_on} исправлять нечего: такого показания нет.",
        "Проверьте дату, зону и источник показания.",
    ),
    "metering.already_corrected": (
        "Это исправление уже записано, но позже записано другое: сейчас действует {value}.",
        "Если верно действующее, уберите строку; иначе укажите верное показание.",
    ),
    "metering.initial_reading_billed": (
        "От этого начального показания уже посчитаны счета, и ни один счет его не пересчитает.",
        "Уберите строку, а разницу рассчитайте с потребителем отдельным платежом.",
    ),
    "metering.correction_misplaced": (
        "У исправления должна быть дата исправляемого показания, {taken_on}.",
        "Поставьте одну и ту же дату в столбцах taken_on и corrects.",
    ),
    "metering.final_reading_misplaced": (
        "Конечное показание снимают в день снятия счетчика, {removed_on}.",
        "Исправьте дату показания или дату снятия.",
    ),
    "metering.meter_not_installed": (
        "В этот день счетчика еще не было: он установлен {installed_on}.",
        "Проверьте дату и номер счетчика.",
    ),
    "metering.meter_removed": (
        "Счетчик снят {removed_on}: с этого дня его показания не принимаются.",
        "Если его заменили, передавайте показания нового счетчика.",
    ),
    "metering.meter_not_removed": (
        "Конечное показание есть только у снятого счетчика, а этот не снят.",
        "Сначала загрузите дату снятия: столбец removed_on файла счетчиков.",
    ),
    "metering.removed_before_installed": (
        "Счетчик не мог быть снят раньше, чем установлен: {installed_on}.",
        "Проверьте обе даты.",
    ),
    "metering.removed_before_read": (
        "Счетчик снят раньше, чем записано его показание: {taken_on}.",
        "Проверьте дату снятия.",
    ),
    "metering.gap_overlaps": (
        "Дни пересекаются с перерывом в учете по той же причине, который начался {since}.",
        "Укажите конец более раннего или исправьте даты.",
    ),
    "metering.reading_out_of_order": (
        "Показание противоречит записанному на {taken_on}: {value}.",
        "Проверьте число и дату.",
    ),
    "metering.norm_unknown": (
        "Норматив потребления неизвестен, а начислить нужно по нему.",
        "Укажите норматив.",
    ),
    "metering.persons_unknown": (
        "Неизвестно, на сколько человек начислить норматив.",
        "Укажите число проживающих, а если их нет — собственников.",
    ),
    "metering.persons_band_malformed": (
        "Это не число проживающих: «{text}».",
        "Укажите его так: 3, 2-4 или 5+.",
    ),
    "metering.norm_not_positive": ("Норматив должен быть больше нуля", ""),
    "metering.norm_overlaps": (
        "Для тех же домохозяйств уже есть норматив: проживающих {persons}.",
        "Оставьте один из двух.",
    ),
    "metering.norms_already_known": (
        "С {effective_from} уже действует другая таблица нормативов.",
        "Она не меняется, по ней могли начислять: укажите новую дату.",
    ),
    "metering.norm_ambiguous": (
        "Подходят сразу два норматива: «{first}» и «{second}».",
        "Уточните признаки счета или загрузите нормативы с новой датой.",
    ),
    # Tariffs
    "tariffs.rate_not_published": (
        "Тариф не опубликован: категория {category}, зона {zone}, на {day}.",
        "Опубликуйте его и повторите.",
    ),
    "tariffs.rate_already_published": (
        "На эту дату опубликована другая цена, {price}.",
        "Опубликованный тариф не меняется: укажите новую дату.",
    ),
    "tariffs.ranges_already_published": (
        "На эту дату опубликованы другие диапазоны.",
        "Опубликованный тариф не меняется: укажите новую дату.",
    ),
    "tariffs.last_range_missing": (
        "Нет цены для потребления свыше {above} кВт·ч.",
        "Добавьте строку последнего диапазона: без границы, с пустым up_to.",
    ),
    "tariffs.rate_not_positive": ("Цена должна быть больше нуля", ""),
    "tariffs.rate_too_precise": (
        "У цены не больше {decimals:знака|знаков|знаков} после запятой",
        "",
    ),
    "tariffs.rate_not_from_first_day": ("Тариф вступает в силу с первого числа месяца", ""),
    "tariffs.price_missing": (
        "Нет цены для зоны {zone} свыше {above} кВт·ч.",
        "Опубликуйте ее: без цены ничего не начисляется.",
    ),
    "tariffs.range_bound_not_positive": ("Граница диапазона должна быть больше нуля", ""),
    "tariffs.range_repeated": ("Для зоны {zone} две цены с одной границей диапазона", ""),
    "tariffs.volume_negative": ("Объем не может быть отрицательным", ""),
    "tariffs.vat_rate_wrong": ("Ставка НДС бывает от 0 до 100 процентов", ""),
    # Bills and payments
    "billing.meter_missing": ("На счете нет счетчика.", "Загрузите счетчики и повторите расчет."),
    "billing.reading_missing": (
        "Нет показаний: счетчик {meter}, зона {zone}.",
        "Загрузите показания и повторите расчет.",
    ),
    "billing.reading_awaited": (
        "Показания счетчика {meter} принимают до {closes_on}.",
        "Загрузите их или повторите расчет после этого дня.",
    ),
    "billing.final_reading_missing": (
        "Счетчик {meter} снят, а конечного показания нет: зона {zone}.",
        "Загрузите показание с источником final и повторите расчет.",
    ),
    "billing.readings_contradict": (
        "После {previous} счетчик {meter} показывает {current}: зона {zone}.",
        "Загрузите исправление показания или замену счетчика и повторите расчет.",
    ),
    "billing.later_month_billed": (
        "Уже выставлен счет за более поздний месяц, {month}.",
        "Рассчитывайте месяцы по порядку, а исправляйте последний счет.",
    ),
    "billing.bill_not_issued_here": (
        "Этот счет выставила прежняя система расчетов.",
        "Исправить его можно только там.",
    ),
    "billing.bill_corrected_already": (
        "Вместо этого счета уже выставлен другой, {number}.",
        "Исправляйте его.",
    ),
    "billing.bill_unchanged": (
        "По нынешним данным счет выходит тем же самым.",
        "Сначала загрузите то, что было неверно: категорию, льготу, норматив, число проживающих.",
    ),
    "billing.month_not_begun": ("Месяц {month} еще не наступил.", "Укажите прошедший месяц."),
    "billing.invoice_not_found": (
        "Такой квитанции нет среди Ваших.",
        "Выберите квитанцию в разделе «История».",
    ),
    "billing.amount_not_positive": ("Платеж должен быть больше нуля", ""),
    "billing.bill_does_not_add_up": (
        "Счет не сходится: начало плюс начисления минус платежи дают {expected}.",
        "Исправьте суммы в файле.",
    ),
    "billing.opening_differs": (
        "Сальдо на начало не равно итогу предыдущего счета, {expected}.",
        "Исправьте сумму или загрузите пропущенные счета.",
    ),
    "billing.bill_already_recorded": (
        "За этот месяц уже есть счет, {number}.",
        "Выставленные счета не меняются.",
    ),
    "billing.bill_number_taken": ("Счет с таким номером уже есть", ""),
    "billing.bill_out_of_order": (
        "Уже есть счет за более поздний месяц, {last}.",
        "Загружайте счета по порядку.",
    ),
    "billing.payment_in_the_future": ("Этот день еще не наступил", ""),
    "billing.payment_already_recorded": (
        "Платеж с этим номером уже записан иначе: {amount}.",
        "Записанные платежи не меняются.",
    ),
    "billing.benefit_wrong": (
        "Такой льготы не бывает ({field}).",
        "Процент больше 0 и не больше 100, предел больше нуля, последний месяц не раньше первого.",
    ),
    "billing.benefit_overlaps": (
        "Льгота с этим названием уже действует с {first_month}.",
        "Завершите ее раньше или назовите эту иначе.",
    ),
    "billing.amount_negative": ("Сумма не может быть отрицательной", ""),
    "billing.flat_rate_missing": ("Не указана ставка пеней", ""),
    "billing.flat_rate_not_positive": ("Ставка пеней должна быть больше нуля", ""),
    "billing.law_row_wrong": (
        "В таблице {table} столбец {field} пуст, лишний или с недопустимым значением.",
        "Образец дает elkk law show {table} --csv -.",
    ),
    "billing.law_table_wrong": (
        "В таблице {table} нет ни одной строки или день указан дважды.",
        "Загрузите таблицу целиком.",
    ),
    "billing.law_table_begins_later": (
        "Таблица {table} должна начинаться не позже {first_day}.",
        "Загрузите ее целиком, с прежними строками: по ним считаются старые долги.",
    ),
    "billing.rule_value_wrong": (
        "Такого значения у «{name}» нет.",
        "Бывают: {choices}.",
    ),
    "billing.estimate_rule_wrong": (
        "Периодов бывает не больше {most}, а коэффициент больше нуля",
        "",
    ),
    "billing.payment_code_field_missing": (
        "В QR-коде для оплаты не хватает обязательного реквизита {field}",
        "",
    ),
    "billing.payment_code_field_malformed": (
        "Реквизит {field} не годится для QR-кода.",
        "Имена — латинские буквы и цифры, суммы — целые копейки.",
    ),
    "billing.payment_code_field_repeated": ("Реквизит {field} указан дважды", ""),
    "billing.payment_code_field_too_long": (
        "Реквизит {field} длиннее, чем {limit:символ|символа|символов}",
        "",
    ),
    "billing.payment_code_character_missing": (
        "В кодировке {charset} нет символа «{character}» из реквизита {field}.",
        "Замените символ или возьмите utf8.",
    ),
    "billing.payment_code_too_long": (
        "Обязательные реквизиты занимают {size:байт|байта|байтов}, а помещается {limit}.",
        "Сократите их или возьмите win1251.",
    ),
    "billing.payment_code_not_separable": (
        "В реквизитах есть все знаки, которыми их можно разделить",
        "",
    ),
    "billing.payment_code_unreadable": (
        "Это не QR-код для оплаты по ГОСТ Р 56042-2014: «{header}»",
        "",
    ),
    "billing.printer_unavailable": (
        "Не получилось подготовить квитанцию к печати.",
        "Попробуйте еще раз немного позже.",
    ),
    # What only operators can mend
    "messaging.unknown_message": _UNAVAILABLE,
    "durable.worker_name_taken": _UNAVAILABLE,
    "durable.queue_not_prepared": _UNAVAILABLE,
    "settings.wrong": _UNAVAILABLE,
    "database.absent": _UNAVAILABLE,
    "database.unreachable": _UNAVAILABLE,
    "database.locked": _UNAVAILABLE,
    "database.schema_outdated": _UNAVAILABLE,
    "database.schema_unknown": _UNAVAILABLE,
}

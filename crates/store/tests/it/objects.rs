use bytes::Bytes;
use futures_util::TryStreamExt;
use syncwatch_store::{ObjectKey, StoreError};

use crate::harness::{TestStore, video};

// UPL-1
#[tokio::test]
async fn an_object_grows_at_its_end_and_keeps_its_length_over_a_restart() {
    let mut test = TestStore::open().await;
    let key = ObjectKey::upload(video(1));
    assert!(test.objects.append(&key).await.unwrap().is_none());
    test.objects.create(&key).await.unwrap();
    for part in ["hello ", "world"] {
        let mut writer = test.objects.append(&key).await.unwrap().expect("the object");
        writer.write(&Bytes::from_static(part.as_bytes())).await.unwrap();
        writer.sync().await.unwrap();
    }

    test.reopen().await;

    assert_eq!(test.objects.durable_length(&key).await.unwrap(), Some(11));
    let reader = test.objects.open(&key).await.unwrap().expect("the object");
    let middle: Vec<Bytes> = reader.stream(3, 5).try_collect().await.unwrap();
    assert_eq!(middle.concat(), b"lo wo");
}

// DATA-3
#[tokio::test]
async fn removing_takes_one_object_or_everything_under_a_key() {
    let test = TestStore::open().await;
    let file = |attempt, name| ObjectKey::attempt_file(video(1), attempt, name).expect("a plain name");
    for key in [file(1, "a.m4s"), file(1, "720p/b.m4s"), file(2, "a.m4s")] {
        test.objects.create(&key).await.unwrap();
    }
    test.objects.remove_prefix(&ObjectKey::attempt(video(1), 1)).await.unwrap();
    assert!(test.objects.open(&file(1, "720p/b.m4s")).await.unwrap().is_none());
    assert!(test.objects.open(&file(2, "a.m4s")).await.unwrap().is_some());
    test.objects.remove_prefix(&ObjectKey::video(video(1))).await.unwrap();
    test.objects.remove_prefix(&ObjectKey::video(video(1))).await.expect("removing nothing is no failure");
    assert!(test.objects.open(&file(2, "a.m4s")).await.unwrap().is_none());
}

// UPL-5
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_somebody_still_writes_to_goes_when_he_has_ended() {
    let test = TestStore::open().await;
    let first = ObjectKey::attempt_file(video(1), 1, "720p/first.m4s").expect("a plain name");
    test.objects.create(&first).await.unwrap();
    let folder = test.objects.path(&ObjectKey::attempt(video(1), 1)).join("720p");
    let (began, has_begun) = tokio::sync::oneshot::channel();
    let writer = tokio::task::spawn_blocking(move || {
        std::fs::write(folder.join("0.m4s"), "x").unwrap();
        began.send(()).unwrap();
        // As long as there is a folder: as FFmpeg, it does not make a new one.
        (1..20_000).take_while(|number| std::fs::write(folder.join(format!("{number}.m4s")), "x").is_ok()).count()
    });
    has_begun.await.unwrap();

    test.objects.remove_prefix(&ObjectKey::video(video(1))).await.expect("it is removed");

    writer.await.unwrap();
    assert!(!test.objects.path(&ObjectKey::video(video(1))).exists());
}

// UPL-1
#[tokio::test]
async fn a_full_disk_is_told_apart_from_other_failures() {
    let test = TestStore::open().await;
    let key = ObjectKey::upload(video(1));
    // Writing to /dev/full fails as writing to a full disk does.
    std::os::unix::fs::symlink("/dev/full", test.objects.path(&key)).unwrap();
    let mut writer = test.objects.append(&key).await.unwrap().expect("the object");

    let written = writer.write(&Bytes::from_static(b"x")).await;
    let synced = writer.sync().await;

    assert!(matches!(written.and(synced), Err(StoreError::Full)));
}

// HLS-1
#[tokio::test]
async fn a_folder_is_no_object() {
    let test = TestStore::open().await;
    let key = ObjectKey::attempt_file(video(1), 1, "720p/b.m4s").expect("a plain name");
    test.objects.create(&key).await.unwrap();
    let folder = ObjectKey::attempt_file(video(1), 1, "720p").expect("a plain name");
    assert!(test.objects.open(&folder).await.unwrap().is_none());
    let below_a_file = ObjectKey::attempt_file(video(1), 1, "720p/b.m4s/x").expect("a plain name");
    assert!(test.objects.open(&below_a_file).await.unwrap().is_none());
}

// TRN-9
#[tokio::test]
async fn what_lies_under_a_key_is_listed_and_weighed() {
    let test = TestStore::open().await;
    let file = |name| ObjectKey::attempt_file(video(1), 1, name).expect("a plain name");
    for (name, bytes) in [("a.m4s", 700), ("720p/b.m4s", 50)] {
        test.objects.create(&file(name)).await.unwrap();
        std::fs::write(test.objects.path(&file(name)), vec![0; bytes]).unwrap();
    }
    let weight = test.objects.weigh(&ObjectKey::video(video(1))).await.unwrap().expect("something");
    assert_eq!(weight.bytes, 750);
    assert!(weight.modified_ms > 0);
    assert_eq!(test.objects.names_under(&ObjectKey::videos()).await.unwrap(), [video(1).to_string()]);
    assert_eq!(test.objects.weigh(&file("a.m4s")).await.unwrap().expect("one file").bytes, 700);
    assert!(test.objects.names_under(&ObjectKey::video(video(2))).await.unwrap().is_empty());
    assert_eq!(test.objects.weigh(&ObjectKey::video(video(2))).await.unwrap(), None);
}

// HLS-4
#[tokio::test]
async fn an_object_that_several_restore_at_once_is_whole_in_the_end_and_nothing_else_is_left() {
    let (test, backup) = (TestStore::open().await, tempfile::tempdir().unwrap());
    let key = ObjectKey::attempt_file(video(1), 1, "a.m4s").expect("a plain name");
    let copy = backup.path().join(key.as_str());
    std::fs::create_dir_all(copy.parent().expect("a folder")).unwrap();
    std::fs::write(&copy, vec![7; 3_000_000]).unwrap();
    let restore = || test.objects.restore(&key, backup.path());
    let all = tokio::join!(restore(), restore(), restore(), restore());
    assert!([all.0, all.1, all.2, all.3].into_iter().all(|restored| restored.unwrap()));
    assert_eq!(std::fs::read(test.objects.path(&key)).unwrap(), vec![7; 3_000_000]);
    let names = test.objects.names_under(&ObjectKey::attempt(video(1), 1)).await.unwrap();
    assert_eq!(names, ["a.m4s"]);
    let other = ObjectKey::attempt_file(video(1), 1, "b.m4s").expect("a plain name");
    assert!(!test.objects.restore(&other, backup.path()).await.unwrap());
}
